import type { z } from 'zod';
import type { DraftView } from '../../engine/rules/draft-view.js';
import type { readDraft } from '../../engine/rules/read-drafts.js';
import type { readImpact } from '../../engine/rules/read-impact.js';
import type { draftSchema, draftWithContentSchema, impactSchema } from '../schemas/rulebook-draft.js';

export function draftAnswer(draft: DraftView): z.output<typeof draftSchema> {
  const { report, check } = draft;
  return {
    ...draft,
    base: { ...draft.base },
    possible: [...draft.possible],
    authors: [...draft.authors],
    report:
      report === null
        ? null
        : {
            ...report,
            neighbourCalendars: [...report.neighbourCalendars],
            mismatches: report.mismatches.map((mismatch) => ({ ...mismatch })),
            coverage: { ...report.coverage, missing: [...report.coverage.missing] },
          },
    check:
      check === null
        ? null
        : {
            ...check,
            workflows: check.workflows.map(({ id, version, hash }) => ({ id, version, hash })),
            alarms: check.alarms.map(({ code, message, witness }) => ({ code, message, witness })),
          },
    approved: draft.approved === null ? null : { ...draft.approved },
    signed: draft.signed === null ? null : { ...draft.signed },
  };
}

export function draftWithContentAnswer(
  found: Awaited<ReturnType<typeof readDraft>>,
): z.output<typeof draftWithContentSchema> {
  return {
    ...draftAnswer(found.draft),
    definition: { ...found.definition },
    publishedSince: [...found.publishedSince],
    sentences: Object.fromEntries(
      Object.entries(found.sentences).map(([id, { title, sentence, severity }]) => [
        id,
        { title, sentence, severity },
      ]),
    ),
    history: found.history.map(({ kind, at, actorId, actorName, actorRole, details }) => ({
      kind,
      at,
      actor: { id: actorId, name: actorName, role: actorRole },
      details: { ...details },
    })),
  };
}

export function impactAnswer(impact: Awaited<ReturnType<typeof readImpact>>): z.output<typeof impactSchema> {
  return {
    cycles: impact.cycles,
    gates: impact.gates,
    changes: impact.changes.map(({ cycleId, failing, missing, ...change }) => ({
      ...change,
      cycle: cycleId,
      failing: [...failing],
      missing: [...missing],
    })),
  };
}
