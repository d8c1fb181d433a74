/** What has come of a joint step, as it is told. */
export interface JointNews {
  /** What it is about: the key of an activity or a call; null: the whole scheme. */
  readonly about: string | null;
  readonly kind: 'activity' | 'call' | 'forecast';
  readonly lines: readonly string[];
}
