import { z } from 'zod';

/** A region as far as critical mass asks for it. */
export interface MassRegion {
  readonly region: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** Null: not known, and then whether all are advanced may be not known either. */
  readonly class: 'advanced' | 'convergence' | 'less_advanced' | null;
}

/** The thresholds of critical mass; rule R14 of the domain guide proposes 3, 2 and 1. */
export const criticalMassParametersSchema = z.strictObject({
  regionsMin: z.int().positive(),
  countriesMin: z.int().positive(),
  /** How many regions more where all of them are advanced. */
  regionsMoreIfAllAdvanced: z.int().min(0),
  source: z.string().min(1),
});

export type CriticalMassParameters = Readonly<z.infer<typeof criticalMassParametersSchema>>;

/** How many regions and countries there are, and how many there have to be. */
export interface CriticalMass {
  /** `unknown`: it depends on the class of the regions in `classless`. */
  readonly verdict: 'reached' | 'missed' | 'unknown';
  readonly regions: number;
  readonly countries: number;
  /** Null: not known, as the class of a region is not. */
  readonly regionsNeeded: number | null;
  readonly countriesNeeded: number;
  /** Regions without a class on which the answer depends; empty unless the verdict is `unknown`. */
  readonly classless: readonly string[];
}

/**
 * Whether enough regions of enough countries share an activity for it to go across regions. One that misses it stays
 * regional and enters no joint call.
 *
 * One more region never undoes it: a region that is not advanced lowers what is needed, and an advanced one counts.
 *
 * Source of two countries: ERA-LEARN, conditions of the co-funded call
 * (https://www.era-learn.eu/support-for-partnerships/cofunded-p2p/era-net-cofund/era-net-cofund-under-horizon-2020-2013-background-information/what-are-the-conditions-for-the-implementation-of-the-co-funded-call);
 * the other numbers are proposals, and all of them data.
 *
 * @param members each region once
 */
export function criticalMass(
  members: readonly MassRegion[],
  { regionsMin, countriesMin, regionsMoreIfAllAdvanced }: CriticalMassParameters,
): CriticalMass {
  const regions = members.length;
  const countries = new Set(members.map(({ country }) => country)).size;
  const regionsAtMost = regionsMin + regionsMoreIfAllAdvanced;
  const isMixed = members.some((member) => member.class !== null && member.class !== 'advanced');
  const classless = members.filter((member) => member.class === null).map(({ region }) => region);
  const isOpen = !isMixed && classless.length > 0 && regionsMoreIfAllAdvanced > 0;

  const depends = isOpen && countries >= countriesMin && regions >= regionsMin && regions < regionsAtMost;
  const regionsNeeded = isMixed ? regionsMin : regionsAtMost;
  // Where the class is open, enough for the strict case is enough, and too few for the lenient one too few.
  const isReached = regions >= regionsNeeded && countries >= countriesMin;
  return {
    verdict: depends ? 'unknown' : isReached ? 'reached' : 'missed',
    regions,
    countries,
    regionsNeeded: isOpen ? null : regionsNeeded,
    countriesNeeded: countriesMin,
    classless: depends ? classless : [],
  };
}
