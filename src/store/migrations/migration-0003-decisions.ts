import { Migration } from '@mikro-orm/migrations';

/**
 * Decisions with everything that they were taken on, what shadowed rulebooks would have said, and the timers of
 * standing rules and waivers. `decisions` only grows, as the log does. `facts`, `waivers` and the calendars are
 * the inputs of the verdict: recomputed from them, it must come out the same.
 */
export class MigrationDecisions extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table decisions (
    id uuid primary key,
    cycle_id uuid not null,
    sequence int not null,
    scheme text not null,
    region text not null,
    cycle_number int not null,
    at timestamptz(3) not null,
    today date not null,
    actor_id text not null,
    actor_name text not null,
    actor_role text not null,
    event text not null,
    gate text not null,
    target text not null,
    outcome text not null check (outcome in ('moved', 'refused')),
    verdict_word text not null check (verdict_word in ('pass', 'conditional', 'waived', 'fail', 'unknown')),
    workflow_id text not null, workflow_version int not null, workflow_hash text not null,
    rulebook_id text not null, rulebook_version int not null, rulebook_hash text not null,
    calendar text not null,
    neighbour_calendars jsonb not null,
    verdict jsonb not null,
    facts jsonb not null,
    stale jsonb not null,
    waivers jsonb not null,
    unique (cycle_id, sequence),
    foreign key (cycle_id, sequence) references log_entries (cycle_id, sequence) deferrable initially deferred
  )`,
  `create index decisions_by_region on decisions (region, id)`,
  `create index decisions_by_gate on decisions (gate, id)`,
  `create trigger decisions_only_grow before update or delete on decisions
    for each row execute function refuse_change()`,
  // The other way round: which entry of the log rests on a decision. It is looked for when all are replayed.
  `create index log_entries_with_decision on log_entries ((details->>'decision'))
    where details->>'decision' is not null`,
  `create table shadow_verdicts (
    decision_id uuid not null references decisions (id) deferrable initially deferred,
    draft_id uuid not null,
    rulebook_hash text not null,
    at timestamptz(3) not null,
    verdict_word text check (verdict_word in ('pass', 'conditional', 'waived', 'fail', 'unknown')),
    verdict jsonb,
    diverges boolean not null,
    primary key (draft_id, decision_id)
  )`,
  `create unique index timers_one_standing_check on timers (cycle_id)
    where effect ->> 'type' = 'standing-check' and fired_at is null and cancelled_at is null`,
  // Cycles and waivers from before: the first check decides whether there is a next one.
  `insert into timers (id, cycle_id, due_at, effect)
    select gen_random_uuid(), id, now(), jsonb_build_object('type', 'standing-check', 'cycleId', id)
    from cycles where status in ('active', 'suspended')`,
  `insert into timers (id, cycle_id, due_at, effect)
    select gen_random_uuid(), w.cycle_id, ((w.ends_on + 1) + time '06:00') at time zone r.zone,
      jsonb_build_object('type', 'waiver-end', 'waiverId', w.id)
    from waivers w join cycles c on c.id = w.cycle_id
      join regions r on r.scheme = c.scheme and r.nuts = c.region`,
  `alter table tasks drop constraint tasks_kind_check`,
  `alter table tasks add constraint tasks_kind_check
    check (kind in ('sub-step', 'provide-facts', 'conditional-action', 'standing-rule'))`,
  `create unique index incidents_one_lapse on incidents (cycle_id, (details->>'rule'))
    where kind = 'rule.lapsed' and resolved_at is null`,
];
