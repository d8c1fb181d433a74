// As in random-stream: called millions of times.
const { abs, exp, log, sqrt, SQRT2 } = Math;

/** Where the central region of the approximation ends; beyond it the tails have their own. */
const CENTRE_HALF_WIDTH = 0.425;
const CENTRE_CONSTANT = 0.180625;
const TAIL_NEAR_MAX = 5;
const TAIL_SHIFT = 1.6;

/** Coefficients of rational functions, constant term first: numerator, denominator. */
type Rational = readonly [readonly number[], readonly number[]];

const CENTRE: Rational = [
  [3.3871327179, 5.0434271938e1, 1.5929113202e2, 5.910937472e1],
  [1, 1.7895169469e1, 7.8757757664e1, 6.71875636e1],
];
const TAIL_NEAR: Rational = [
  [1.4234372777, 2.75681539, 1.3067284816, 1.7023821103e-1],
  [1, 7.370016425e-1, 1.2021132975e-1],
];
const TAIL_FAR: Rational = [
  [6.657905115, 3.081226386, 4.2868294337e-1, 1.7337203997e-2],
  [1, 2.4197894225e-1, 1.2258202635e-2],
];

/**
 * The value below which a standard normal variable lies with probability `p`, 0 < p < 1; right to about 7 digits.
 *
 * One number in, one out, and rising: the same luck gives the longer duration where the model is the longer one.
 *
 * Source: M. J. Wichura, algorithm AS 241 (PPND7), Applied Statistics 37 (1988).
 */
export function normalQuantile(p: number): number {
  const fromCentre = p - 0.5;
  if (abs(fromCentre) <= CENTRE_HALF_WIDTH) {
    return fromCentre * ratio(CENTRE, CENTRE_CONSTANT - fromCentre * fromCentre);
  }
  const depth = sqrt(-log(fromCentre < 0 ? p : 1 - p));
  const size =
    depth <= TAIL_NEAR_MAX ? ratio(TAIL_NEAR, depth - TAIL_SHIFT) : ratio(TAIL_FAR, depth - TAIL_NEAR_MAX);
  return fromCentre < 0 ? -size : size;
}

/** Of the complementary error function, highest power first. */
const ERFC = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196,
  1.00002368, -1.26551223,
];

/**
 * The probability that a standard normal variable lies above `x`; right to 1.2e-7 of itself, far out in the tail too.
 *
 * Source of the approximation: Press and others, Numerical Recipes, complementary error function.
 */
export function normalUpperTail(x: number): number {
  const z = abs(x) / SQRT2;
  const t = 1 / (1 + z / 2);
  const power = ERFC.reduce((sum, coefficient) => sum * t + coefficient, 0);
  const half = (t * exp(-z * z + power)) / 2;
  return x >= 0 ? half : 1 - half;
}

function ratio([above, below]: Rational, x: number): number {
  return polynomial(above, x) / polynomial(below, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
