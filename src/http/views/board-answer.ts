import type { z } from 'zod';
import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { Language } from '../../core/terms/language.js';
import type { BoardRow } from '../../engine/schemes/read-board.js';
import type { boardSchema } from '../schemas/scheme.js';
import { missingFactView } from './missing-fact-view.js';

type BoardRegion = z.output<typeof boardSchema>['regions'][number];

export function boardRegionAnswer(row: BoardRow, catalogue: FactCatalogue, language: Language): BoardRegion {
  const { gate } = row;
  return {
    region: row.region,
    label: row.name[language],
    cycle: { id: row.cycle.id, number: row.cycle.number, version: row.cycle.version },
    stage: row.stage,
    stageLabel: row.stageLabels?.[language] ?? row.stage,
    status: row.status,
    gate:
      gate === null
        ? null
        : {
            gate: gate.gate,
            to: gate.to,
            verdict: gate.verdict,
            missing: gate.missing.map((fact) => missingFactView(fact, catalogue, language)),
            failing: [...gate.failing],
          },
    waivers: row.waivers.map(({ rule, endsOn }) => ({ rule, endsOn })),
    tasksOpen: row.tasksOpen,
    overdue: row.overdue,
    unreadable: row.unreadable,
  };
}
