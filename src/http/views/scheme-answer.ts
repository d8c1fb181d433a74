import type { z } from 'zod';
import type { SchemeView } from '../../engine/schemes/read-schemes.js';
import type { schemeSchema } from '../schemas/scheme.js';

export function schemeAnswer({ scheme, regions }: SchemeView): z.output<typeof schemeSchema> {
  return {
    id: scheme.id,
    labels: scheme.name,
    startsOn: scheme.startsOn,
    endsOn: scheme.endsOn,
    workflow: { id: scheme.workflowId, version: scheme.workflowVersion },
    rulebook: { id: scheme.rulebookId, version: scheme.rulebookVersion },
    openedAt: scheme.openedAt,
    regions: regions.map((region) => ({
      region: region.nuts,
      labels: region.name,
      country: region.country,
      language: region.language,
      zone: region.zone,
      calendar: region.calendar,
      class: region.class ?? null,
      neighbours: [...region.neighbours],
    })),
  };
}
