import type { CalendarDate } from '../core/calendar/calendar-date.js';
import { compareRulebooks, type Region } from '../core/gates/compare-rulebooks.js';
import type { Rulebook } from '../core/gates/rulebook.js';
import type { Workflow } from '../core/machines/compile-workflow.js';
import { checkModel } from '../core/proof/model-check.js';
import { modelRegions } from '../core/proof/model-check-model.js';
import { ruleCoverage } from '../core/proof/rule-coverage.js';
import { wordAlarm } from '../core/proof/word-alarm.js';
import type { Alarm } from '../core/rulebooks/reports.js';
import { proofRealm } from '../engine/rules/proof-realm.js';
import type { Workshop } from '../engine/workshop.js';
import type { Definitions } from './definitions.js';

const PERCENT = 100;

/** The measures of the rules workshop: coverage, model check and difference, on the schemes of this installation. */
export function makeWorkshop(
  definitions: Pick<Definitions, 'catalog' | 'schemes'>,
  coverageMin: number,
): Workshop {
  const realm = proofRealm(definitions.catalog);
  return {
    coverageMin,
    coverage(rulebook) {
      const { percent, rules } = ruleCoverage(rulebook, realm);
      return { ratio: percent / PERCENT, missing: rules.flatMap(({ proposals }) => proposals) };
    },
    modelCheck: (rulebook, workflows) =>
      workflows.flatMap((workflow) => checkInSchemes(definitions, workflow, rulebook)),
    ruleDifference(mine, theirs, rule) {
      const change = compareRulebooks(mine, theirs, realm).rules.find(({ id }) => id === rule);
      return {
        equal: change?.state === 'equal',
        regions: [...(change?.refused ?? []), ...(change?.admitted ?? [])].map(regionView),
      };
    },
  };
}

/** A region of fact space as plain JSON: its conditions, and facts in it that both versions were asked about. */
function regionView({ conditions, besides, witness }: Region): object {
  const facts = [...witness.facts.values()].map(({ fact, value, precision }) => ({ fact, value, precision }));
  return { conditions, besides, witness: { today: witness.today, facts } };
}

function checkInSchemes(
  { schemes, catalog }: Pick<Definitions, 'catalog' | 'schemes'>,
  workflow: Workflow,
  rulebook: Rulebook,
): readonly Alarm[] {
  return schemes
    .filter((scheme) => scheme.workflow.id === workflow.id && scheme.rulebook.id === rulebook.id)
    .flatMap((scheme) => {
      const { alarms } = checkModel({
        workflow,
        rulebook,
        syncPoints: scheme.syncPoints,
        regions: modelRegions(scheme.regions, catalog.calendars),
        // The schema has judged it as a day that exists.
        startsOn: scheme.startsOn as CalendarDate,
      });
      return alarms.map((alarm) => ({ code: alarm.code, message: wordAlarm(alarm), witness: alarm.witness }));
    });
}
