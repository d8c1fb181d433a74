import type { DomainError } from '../core/terms/domain-error.js';

/** What became of a delivered effect; `left-alone`: nothing, and it waits for a program that can apply it. */
export type LeftAlone = 'left-alone';

/**
 * Says once per definition or type and fault why effects wait, however many there are and however often they come: a
 * process that is older than others of a rolling deploy would otherwise fill its log with the same line every minute.
 */
export function tellLeftAlone(log: (line: string) => void): (fault: DomainError) => void {
  const told = new Set<string>();
  return ({ code, details }) => {
    const { kind = 'rulebook', id, version, type } = details;
    const what =
      type === undefined
        ? `about cycles of ${String(kind)} ${String(id)} ${String(version)}`
        : `of the type ${String(type)}`;
    const line = `effects ${what} are left alone: ${code}; a process that can read them will take them`;
    if (told.has(line)) return;
    told.add(line);
    log(line);
  };
}
