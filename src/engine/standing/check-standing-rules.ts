import { standingLapses, type StandingLapse } from '../../core/gates/standing-lapses.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import {
  addIncident,
  listOpenIncidents,
  resolveIncident,
  type IncidentRow,
} from '../../store/incident-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { closeStandingTasks, openStandingTasks } from './standing-tasks.js';

/** Kind of the incidents of standing rules; the database holds at most one open for each cycle and rule. */
export const RULE_LAPSED = 'rule.lapsed';

/**
 * Judges the rules that must stand in the stage of a cycle that this transaction has locked. A lapse raises one
 * incident, opens tasks for those who can mend it, and is told once; it resolves itself when the rule holds again,
 * or need not hold any more because the cycle has left the stage or ended.
 */
export async function checkStandingRules(deps: EngineDeps, tx: Tx, picture: CyclePicture): Promise<void> {
  const { cycle, rulebook, context, waivers } = picture;
  const isLiving = cycle.status === 'active' || cycle.status === 'suspended';
  const lapses = isLiving ? standingLapses(rulebook, cycle.stage, context, waivers) : [];
  const open = await listOpenIncidents(tx, { kind: RULE_LAPSED, cycleId: cycle.id });
  for (const lapse of lapses) {
    if (!open.some((incident) => ruleOf(incident) === lapse.rule.id)) await raise(deps, tx, picture, lapse);
    await openStandingTasks(deps, tx, picture, lapse);
  }
  for (const incident of open) {
    if (lapses.some(({ rule }) => rule.id === ruleOf(incident))) continue;
    await resolve(tx, picture, incident);
  }
}

function ruleOf(incident: IncidentRow): unknown {
  return incident.details['rule'];
}

async function raise(deps: EngineDeps, tx: Tx, picture: CyclePicture, lapse: StandingLapse): Promise<void> {
  const { cycle, now, today, rulebook } = picture;
  const { rule, outcome, facts } = lapse;
  const id = deps.newId();
  addIncident(tx, {
    id,
    kind: RULE_LAPSED,
    cycleId: cycle.id,
    details: {
      rule: rule.id,
      result: outcome.result,
      stage: cycle.stage,
      region: cycle.region,
      facts,
      leaves: outcome.leaves,
      today,
      rulebook: { id: rulebook.id, version: rulebook.version, hash: rulebook.hash },
    },
    raisedAt: now,
  });
  await appendLog(tx, cycle, {
    kind: 'incident',
    actor: SYSTEM_ACTOR,
    at: now,
    details: { incident: id, change: 'raised', rule: rule.id, result: outcome.result, facts },
  });
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: cycle.scheme,
      region: cycle.region,
      cycleId: cycle.id,
      audience: ['authority', 'coordinator'],
      template: 'rule.lapsed',
      params: {
        region: picture.region.name,
        number: cycle.number,
        stage: picture.workflow.states.get(cycle.stage)?.labels ?? cycle.stage,
        rule: rule.labels,
        date: { date: today },
        facts: facts.map((fact) => rulebook.catalogue.get(fact)?.labels ?? fact),
      },
    },
    now,
  );
}

async function resolve(tx: Tx, picture: CyclePicture, incident: IncidentRow): Promise<void> {
  const { cycle, now } = picture;
  const rule = String(ruleOf(incident));
  await resolveIncident(tx, incident, now);
  await appendLog(tx, cycle, {
    kind: 'incident',
    actor: SYSTEM_ACTOR,
    at: now,
    details: { incident: incident.id, change: 'resolved', rule },
  });
  await closeStandingTasks(tx, picture, rule);
}
