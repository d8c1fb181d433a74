import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { Problem } from '../terms/problem.js';
import { schemaProblems } from '../terms/schema-problems.js';
import { parsePredicates } from './parse-predicates.js';
import { schemeDefinitionSchema, type SchemeDefinition } from './scheme-definition.js';
import type { SyncPointDefinition } from './sync-point.js';
import { SCOPE_MILESTONES } from './sync-scope.js';

/** The names that a scheme may use. */
export interface SchemeSurroundings {
  readonly calendars: ReadonlyMap<string, WorkingCalendar>;
  /** Ids of the milestones of the scheme's workflow. */
  readonly milestones: ReadonlySet<string>;
  readonly templates: ReadonlySet<string>;
  /** What conditions of sync points may ask about; absent: they are not read. */
  readonly catalogue?: FactCatalogue;
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

function judgeSyncPoints(scheme: SchemeDefinition, known: SchemeSurroundings): Problem[] {
  const members = new Set(scheme.regions.map(({ nuts }) => nuts));
  return [
    ...scheme.syncPoints.flatMap((point, index) => {
      const pointer = `/syncPoints/${index}`;
      return [
        ...judgePoint(point, {
          pointer,
          all: scheme.syncPoints,
          milestones: known.milestones,
          members,
          known,
        }),
        ...point.members.flatMap((member, at): Problem[] => {
          if (members.has(member)) return [];
          const message = `${member} is not in this scheme`;
          return [{ pointer: `${pointer}/members/${at}`, code: 'region.unknown', message }];
        }),
      ];
    }),
    ...scheme.syncPointTemplates.flatMap((template, index) => {
      const all = scheme.syncPointTemplates.filter(({ scope }) => scope === template.scope);
      const milestones = new Set([...known.milestones, ...SCOPE_MILESTONES[template.scope]]);
      return judgePoint(template, {
        pointer: `/syncPointTemplates/${index}`,
        all,
        milestones,
        members,
        known,
      });
    }),
  ];
}

/** What a sync point and the template of one are judged by alike. */
function judgePoint(
  point: Omit<SyncPointDefinition, 'members'>,
  {
    pointer,
    all,
    milestones,
    members,
    known,
  }: {
    readonly pointer: string;
    readonly all: readonly { readonly id: string }[];
    readonly milestones: ReadonlySet<string>;
    readonly members: ReadonlySet<string>;
    readonly known: SchemeSurroundings;
  },
): Problem[] {
  const problems: Problem[] = [];
  const report = (at: string, code: string, message: string): void => {
    problems.push({ pointer: `${pointer}${at}`, code, message });
  };
  if (all.find(({ id }) => id === point.id) !== point) {
    report('/id', 'sync-point.twice', `${point.id} is there already`);
  }
  if (!milestones.has(point.milestone)) {
    report('/milestone', 'milestone.unknown', `the workflow has no milestone ${point.milestone}`);
  }
  point.releases.forEach(({ template }, at) => {
    if (known.templates.has(template)) return;
    report(`/releases/${at}/template`, 'notice.template-unknown', `there is no notice template ${template}`);
  });
  const whose = point.deadline.in;
  if (whose !== undefined && 'calendar' in whose && !known.calendars.has(whose.calendar)) {
    report('/deadline/in/calendar', 'calendar.unknown', `there is no calendar ${whose.calendar}`);
  }
  if (whose !== undefined && 'region' in whose && !members.has(whose.region)) {
    report('/deadline/in/region', 'region.unknown', `${whose.region} is not in this scheme`);
  }
  if (known.catalogue === undefined) return problems;
  const { problems: ofRule } = parsePredicates(point.rule, known.catalogue);
  return [...problems, ...ofRule.map((one) => ({ ...one, pointer: `${pointer}/rule${one.pointer}` }))];
}
