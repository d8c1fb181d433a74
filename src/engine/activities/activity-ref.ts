/** Names an activity. */
export interface ActivityRef {
  /** Null: the only scheme that has an activity of this key. */
  readonly scheme: string | null;
  readonly key: string;
}
