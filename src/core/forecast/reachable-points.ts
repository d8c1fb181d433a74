import { predecessorsOf, type Network, type Place } from './compile-network.js';

/**
 * The places of the points that can still come, whatever time it takes: released ones, those with a last day, and those
 * whose rule holds with every member that can still arrive.
 */
export function reachablePoints(network: Network): ReadonlySet<number> {
  const steps = new Set<number>();
  const points = new Set<number>();
  const isReachable = (place: Place) => ('step' in place ? steps.has(place.step) : points.has(place.point));
  for (const place of network.order) {
    if ('step' in place) {
      const isBegun = network.steps[place.step]?.step.state.is !== 'waiting';
      if (isBegun || predecessorsOf(network, place).every(isReachable)) steps.add(place.step);
      continue;
    }
    const found = network.points[place.point];
    if (found === undefined) continue;
    const arriving = found.members.filter((_, at) => steps.has(found.steps[at] ?? -1));
    if (found.releasedOn !== null || Number.isFinite(found.atLatest) || found.point.holds(arriving)) {
      points.add(place.point);
    }
  }
  return points;
}
