/** What a controller answers with: the body, and what tells one state of it from another. */
export class Answer<Body> {
  private constructor(
    readonly body: Body,
    /** The ETag with its quotes; null for a list. */
    readonly etag: string | null,
    /** Whether an equal ETag means an equal body, so that 304 can be answered. */
    readonly isCacheable: boolean,
  ) {}

  /** One thing that has a version of its own: the ETag is what `If-Match` takes. */
  static of<Body>(body: Body, version: number): Answer<Body> {
    return new Answer(body, `"${version}"`, true);
  }

  /** Something derived from a versioned thing and from the day: the ETag serves `If-Match`, never `If-None-Match`. */
  static about<Body>(body: Body, version: number): Answer<Body> {
    return new Answer(body, `"${version}"`, false);
  }

  static list<Body>(body: Body): Answer<Body> {
    return new Answer(body, null, false);
  }
}
