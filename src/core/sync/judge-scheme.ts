import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { Problem } from '../terms/problem.js';
import { schemaProblems } from '../terms/schema-problems.js';
import { schemeDefinitionSchema, type SchemeDefinition } from './scheme-definition.js';

/** The names that a scheme may use. */
export interface SchemeSurroundings {
  readonly calendars: ReadonlyMap<string, WorkingCalendar>;
  /** Ids of the milestones of the scheme's workflow. */
  readonly milestones: ReadonlySet<string>;
  readonly templates: ReadonlySet<string>;
}

/**
 * Judges a scheme at the door: its format, that each region and sync point is there once, that neighbourhood is
 * mutual, that calendars, milestones, members and notice templates exist. Whether its workflow and rulebook exist
 * and fit each other is for the catalog to say.
 *
 * @returns all problems; those of names only when the format is right
 */
export function judgeScheme(definition: unknown, surroundings: SchemeSurroundings): Problem[] {
  const parsed = schemeDefinitionSchema.safeParse(definition);
  if (!parsed.success) return schemaProblems(parsed.error, definition);
  const scheme = parsed.data;
  return [
    ...judgeDates(scheme),
    ...judgeRegions(scheme, surroundings),
    ...judgeNeighbours(scheme),
    ...judgeSyncPoints(scheme, surroundings),
  ];
}

function judgeDates({ startsOn, endsOn }: SchemeDefinition): Problem[] {
  if (startsOn <= endsOn) return [];
  return [
    { pointer: '/endsOn', code: 'scheme.ends-before-start', message: `${endsOn} is before ${startsOn}` },
  ];
}

function judgeRegions({ regions }: SchemeDefinition, { calendars }: SchemeSurroundings): Problem[] {
  return regions.flatMap(({ nuts, calendar, zone, country, language, languages }, index) => {
    const pointer = `/regions/${index}`;
    const problems: Problem[] = [];
    if (regions.findIndex((region) => region.nuts === nuts) !== index) {
      problems.push({
        pointer: `${pointer}/nuts`,
        code: 'region.twice',
        message: `${nuts} is there already`,
      });
    }
    if (!nuts.startsWith(country)) {
      const message = `the NUTS code ${nuts} does not begin with ${country}`;
      problems.push({ pointer: `${pointer}/country`, code: 'region.country-differs', message });
    }
    if (!languages.includes(language)) {
      const message = `${language} is no language of ${nuts}`;
      problems.push({ pointer: `${pointer}/language`, code: 'region.language-differs', message });
    }
    const found = calendars.get(calendar);
    if (found === undefined) {
      const message = `there is no calendar ${calendar}`;
      problems.push({ pointer: `${pointer}/calendar`, code: 'calendar.unknown', message });
    } else if (found.zone !== zone) {
      const message = `the calendar ${calendar} has the zone ${found.zone}`;
      problems.push({ pointer: `${pointer}/zone`, code: 'region.zone-differs', message });
    }
    return problems;
  });
}

function judgeNeighbours({ regions }: SchemeDefinition): Problem[] {
  const neighboursOf = new Map(regions.map(({ nuts, neighbours }) => [nuts, neighbours]));
  return regions.flatMap(({ nuts, neighbours }, index) =>
    neighbours.flatMap((neighbour, at): Problem[] => {
      const pointer = `/regions/${index}/neighbours/${at}`;
      const back = neighboursOf.get(neighbour);
      if (back === undefined) {
        return [{ pointer, code: 'region.unknown', message: `${neighbour} is not in this scheme` }];
      }
      if (neighbour === nuts || neighbours.indexOf(neighbour) !== at) {
        return [
          { pointer, code: 'region.neighbour-twice', message: `${neighbour} is itself or named twice` },
        ];
      }
      if (back.includes(nuts)) return [];
      return [
        { pointer, code: 'region.neighbour-not-mutual', message: `${neighbour} does not name ${nuts}` },
      ];
    }),
  );
}

function judgeSyncPoints({ regions, syncPoints }: SchemeDefinition, known: SchemeSurroundings): Problem[] {
  const members = new Set(regions.map(({ nuts }) => nuts));
  return syncPoints.flatMap((point, index) => {
    const pointer = `/syncPoints/${index}`;
    const problems: Problem[] = [];
    if (syncPoints.findIndex(({ id }) => id === point.id) !== index) {
      problems.push({
        pointer: `${pointer}/id`,
        code: 'sync-point.twice',
        message: `${point.id} is there already`,
      });
    }
    if (!known.milestones.has(point.milestone)) {
      const message = `the workflow has no milestone ${point.milestone}`;
      problems.push({ pointer: `${pointer}/milestone`, code: 'milestone.unknown', message });
    }
    point.members.forEach((member, at) => {
      if (members.has(member)) return;
      const message = `${member} is not in this scheme`;
      problems.push({ pointer: `${pointer}/members/${at}`, code: 'region.unknown', message });
    });
    point.releases.forEach(({ template }, at) => {
      if (known.templates.has(template)) return;
      const message = `there is no notice template ${template}`;
      problems.push({
        pointer: `${pointer}/releases/${at}/template`,
        code: 'notice.template-unknown',
        message,
      });
    });
    return problems;
  });
}
