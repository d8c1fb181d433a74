import type { MemberFilter } from './sync-point.js';

/** What a filter looks at. */
export interface SelectableRegion {
  readonly nuts: string;
  readonly country: string;
  readonly class?: string | null | undefined;
}

/** The members by name: as they are listed, or the regions that a filter takes, in the order of the regions. */
export function selectMembers(
  members: readonly string[] | MemberFilter,
  regions: readonly SelectableRegion[],
): readonly string[] {
  if (isList(members)) return members;
  const { countries, classes } = members;
  const taken: ReadonlySet<string> = new Set(classes);
  return regions
    .filter(({ country }) => countries?.includes(country) ?? true)
    .filter((region) => classes === undefined || taken.has(region.class ?? ''))
    .map(({ nuts }) => nuts);
}

function isList(members: readonly string[] | MemberFilter): members is readonly string[] {
  return Array.isArray(members);
}
