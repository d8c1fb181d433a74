/**
 * Waits for `work`, at most `deadlineMs`. False when it has not settled by then: it goes on, but nobody waits
 * for it any more, and a later failure is ignored. A failure in time is thrown.
 */
export async function settleWithin(work: Promise<unknown>, deadlineMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), deadlineMs);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
