/** A job that will fail in the same way however often it is tried: the worker gives up at once. */
export class Hopeless extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'Hopeless';
  }
}

export function isHopeless(error: unknown): boolean {
  return error instanceof Hopeless;
}
