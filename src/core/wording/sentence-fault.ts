/**
 * Ends the reading of a sentence at its first fault; never leaves this room. Thrown, because a sentence that has left
 * the grammar cannot be read any further, whatever is being read at the moment.
 */
export class SentenceFault extends Error {
  readonly code: string;
  /** In UTF-16 units from the beginning of the sentence. */
  readonly position: number;

  constructor(code: string, position: number, message: string) {
    super(message);
    this.name = 'SentenceFault';
    this.code = code;
    this.position = position;
  }
}
