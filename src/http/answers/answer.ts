/** What a controller answers with: the body, and what tells one state of it from another. */
export class Answer<Body> {
  private constructor(
    readonly body: Body,
    /** The ETag with its quotes; null for a list. */
    readonly etag: string | null,
    /** Whether an equal ETag means an equal body, so that 304 can be answered. */
    readonly isCacheable: boolean,
  ) {}

  /** One thing that its version (or hash) tells all about: the ETag is what `If-Match` and `If-None-Match` take. */
  static of<Body>(body: Body, version: number | string): Answer<Body> {
    return new Answer(body, `"${version}"`, true);
  }

  /**
   * Something that also depends on the day, or on the reader's language: the version serves `If-Match` alone, as the
   * same ETag may stand for another body.
   */
  static about<Body>(body: Body, version: number): Answer<Body> {
    return new Answer(body, `"${version}"`, false);
  }

  static list<Body>(body: Body): Answer<Body> {
    return new Answer(body, null, false);
  }
}
