import type { Instant } from '../../../src/core/terms/instant.js';
import type { BarrierRule } from '../../../src/core/sync/barrier-rule.js';
import type { PointTerms } from '../../../src/core/sync/point-state.js';
import { MEMBERS, stepAt, type ModelMember, type ScheduledStep } from './random-point.js';

/**
 * A sync point as plainly as it can be said: a list of members that is looked through as a whole whenever something
 * happens. It knows no counts and shares no line with what it is compared with.
 */
export class ModelPoint {
  status: 'open' | 'released' | 'cancelled' = 'open';
  isLate = false;
  releases: ('rule' | 'deadline' | 'hand')[] = [];
  members: ModelMember[];

  private readonly terms: PointTerms;

  constructor(terms: PointTerms, members: readonly ModelMember[]) {
    this.terms = terms;
    this.members = members.map((member) => ({ ...member }));
    this.judge();
  }

  arrive(region: string, at: Instant): void {
    const member = this.find(region);
    if (member === undefined || this.status === 'cancelled') return;
    if (member.state === 'waiting' || (member.state === 'resting' && at <= member.since)) {
      member.state = 'arrived';
      member.since = at;
    }
    this.judge();
  }

  retreat(region: string, at: Instant): void {
    const member = this.find(region);
    if (this.status === 'cancelled' || member?.state !== 'arrived') return;
    member.state = 'waiting';
    member.since = at;
    this.judge();
  }

  leave(region: string, at: Instant): void {
    const member = this.find(region);
    if (this.status !== 'open' || member === undefined || member.state === 'left') return;
    member.state = 'left';
    member.since = at;
    this.judge();
  }

  rest(region: string, at: Instant): void {
    const member = this.find(region);
    if (this.status !== 'open' || member?.state !== 'waiting') return;
    member.state = 'resting';
    member.since = at;
    this.judge();
  }

  resume(region: string, at: Instant): void {
    const member = this.find(region);
    if (this.status === 'cancelled' || member?.state !== 'resting') return;
    member.state = 'waiting';
    member.since = at;
    this.judge();
  }

  /** It goes on, and has reached the milestone while it rested (or while nobody looked). */
  resumeReached(region: string, reachedAt: Instant): void {
    const member = this.find(region);
    if (this.status === 'cancelled') return;
    if (member?.state !== 'resting' && member?.state !== 'waiting') return;
    member.state = 'arrived';
    member.since = reachedAt;
    this.judge();
  }

  join(member: ModelMember): void {
    const before = this.find(member.region);
    if (this.status !== 'open' || this.terms.lateJoiner === 'refuse') return;
    if (before !== undefined && before.state !== 'left') return;
    this.members = [...this.members.filter((one) => one !== before), { ...member }];
    this.judge();
  }

  passDeadline(at: Instant): void {
    if (this.status !== 'open' || this.isLate) return;
    this.isLate = true;
    if (this.terms.policy === 'release') this.end('deadline');
    if (this.terms.policy === 'drop-late') {
      for (const member of this.members) {
        if (member.state !== 'waiting' && member.state !== 'resting') continue;
        member.state = 'left';
        member.since = at;
      }
    }
    this.judge();
  }

  releaseByHand(): void {
    if (this.status === 'open') this.end('hand');
  }

  cancel(): void {
    if (this.status === 'open') this.status = 'cancelled';
  }

  /** One step of a schedule, which happens at its number. */
  play({ type, region }: Pick<ScheduledStep, 'type' | 'region'>, at: number): void {
    const now = stepAt(at);
    const member = MEMBERS.find((one) => one.region === region);
    if (type === 'arrive') this.arrive(region, now);
    if (type === 'arrive-earlier') this.arrive(region, stepAt(Math.max(0, at - 5)));
    if (type === 'retreat') this.retreat(region, now);
    if (type === 'leave') this.leave(region, now);
    if (type === 'rest') this.rest(region, now);
    if (type === 'resume') this.resume(region, now);
    if (type === 'resume-reached') this.resumeReached(region, stepAt(Math.max(0, at - 1)));
    if (type === 'join' && member !== undefined) this.join({ ...member, since: now });
    if (type === 'deadline') this.passDeadline(now);
    if (type === 'release') this.releaseByHand();
    if (type === 'cancel') this.cancel();
  }

  /** Whether the rule holds, counted member by member. */
  holds(): boolean {
    const counted = this.members.filter(
      ({ state }) => this.terms.leaver === 'hold' || state === 'waiting' || state === 'arrived',
    );
    const arrived = counted.filter(({ state }) => state === 'arrived');
    return arrived.length > 0 && ruleHolds(this.terms.rule, counted, arrived);
  }

  private judge(): void {
    if (this.status === 'open' && this.holds()) this.end('rule');
  }

  private end(by: 'rule' | 'deadline' | 'hand'): void {
    this.status = 'released';
    this.releases.push(by);
  }

  private find(region: string): ModelMember | undefined {
    return this.members.find((member) => member.region === region);
  }
}

function ruleHolds(
  rule: BarrierRule,
  counted: readonly ModelMember[],
  arrived: readonly ModelMember[],
): boolean {
  switch (rule.kind) {
    case 'all':
      return arrived.length === counted.length;
    case 'k-of-n':
      return arrived.length >= rule.k || arrived.length === counted.length;
    case 'share':
      return arrived.length * 100 >= counted.length * rule.percent;
    case 'weights': {
      const total = arrived.reduce((sum, { region }) => sum + (rule.weights[region] ?? rule.otherwise), 0);
      return total >= rule.needed;
    }
    case 'groups': {
      const by = (member: ModelMember) => (rule.by === 'class' ? member.class : member.country);
      const groups = [...new Set(counted.map(by))].filter((group) => group !== null);
      const of = (list: readonly ModelMember[], group: string) =>
        list.filter((member) => by(member) === group).length;
      if (rule.groups !== 'every') {
        return groups.filter((group) => of(arrived, group) >= rule.perGroup).length >= rule.groups;
      }
      return groups.every((group) => of(arrived, group) >= Math.min(rule.perGroup, of(counted, group)));
    }
    case 'critical-mass': {
      const isMixed = arrived.some((member) => member.class !== null && member.class !== 'advanced');
      const regions = rule.regionsMin + (isMixed ? 0 : rule.regionsMoreIfAllAdvanced);
      const countries = new Set(arrived.map(({ country }) => country)).size;
      return arrived.length >= regions && countries >= rule.countriesMin;
    }
    case 'every':
      return rule.of.every((part) => ruleHolds(part, counted, arrived));
    case 'any':
      return rule.of.some((part) => ruleHolds(part, counted, arrived));
    case 'predicate':
      throw new Error('the reference model knows no facts');
  }
}
