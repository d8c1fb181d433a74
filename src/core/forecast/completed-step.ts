/**
 * As a scheme classes its regions; null: not known. `joint`: no region but an activity or a call, whose peers are the
 * others of its kind.
 */
export type RegionClass = 'advanced' | 'convergence' | 'less_advanced' | 'joint' | null;

/** A kind of step: a stage, a task or a phase of a call, the same for every region. */
export interface StepKind {
  readonly id: string;
  /** What has to open for the step to end; null where nothing but work ends it. */
  readonly gate: string | null;
  /** In which days its length is counted. */
  readonly counts: 'working-days' | 'calendar-days';
  /** How long it should take, in those days; null: no target is set. */
  readonly targetDays: number | null;
}

/** A step that somebody has completed: history is made of them. */
export interface CompletedStep {
  readonly region: string;
  readonly class: RegionClass;
  /** Id of a `StepKind`. */
  readonly kind: string;
  /** In the days of its kind; 0 where it ended on the day on which it began. */
  readonly days: number;
}

/** Whose history speaks for a step: the region's own, and that of its peers, the other regions of its class. */
export interface Evidence {
  readonly own: readonly CompletedStep[];
  /** Empty where the class is not known: nobody is known to be a peer then. */
  readonly peers: readonly CompletedStep[];
}

/** What history says about one kind of step in one region. */
export function evidenceFor(
  step: Pick<CompletedStep, 'region' | 'class' | 'kind'>,
  completed: readonly CompletedStep[],
): Evidence {
  const same = completed.filter(({ kind }) => kind === step.kind);
  return {
    own: same.filter(({ region }) => region === step.region),
    peers: same.filter((one) => one.region !== step.region && one.class !== null && one.class === step.class),
  };
}
