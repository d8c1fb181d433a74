import type { RulebookDefinition } from '../../src/core/gates/rulebook-schema.js';
import { draftWithContentSchema } from '../../src/http/schemas/rulebook-draft.js';
import type { TestAnswer, TestApi, TestRequest } from './test-api.js';

/** A rulebook that a test may change. */
export type OpenRulebook = {
  -readonly [Key in keyof RulebookDefinition]: RulebookDefinition[Key];
};

/** The workshop as an administrator at the HTTP door has it. */
export interface Workshop {
  send(verb: string, request?: TestRequest): Promise<TestAnswer>;
  /** Makes a draft and gives its id. */
  draft(from: number): Promise<string>;
  read(id: string): Promise<ReturnType<typeof draftWithContentSchema.parse>>;
  /** Sends the changed content as a merge patch of what is different at the top. */
  edit(id: string, change: (book: OpenRulebook) => void, as?: string): Promise<TestAnswer>;
  /** Lets every test case expect what comes out, and leaves the draft tested and checked. */
  settle(id: string): Promise<void>;
}

export function openWorkshop(api: TestApi, as = 'administrator'): Workshop {
  const send: Workshop['send'] = (verb, request = {}) => {
    const [method, path] = verb.split(' ');
    return api.send(`${method} /rulebooks/drafts${path ?? ''}`, { as, ...request });
  };
  const must = async (answer: Promise<TestAnswer>): Promise<TestAnswer> => {
    const given = await answer;
    if (given.status >= 300) throw new Error(given.text);
    return given;
  };
  const read: Workshop['read'] = async (id) =>
    draftWithContentSchema.parse((await must(send(`GET /${id}`))).body);
  const edit: Workshop['edit'] = async (id, change, editor = as) => {
    const { definition } = await read(id);
    const book = structuredClone(definition) as unknown as OpenRulebook;
    change(book);
    const patch = Object.fromEntries(
      Object.entries(book).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(definition[key]),
      ),
    );
    return send(`PATCH /${id}`, {
      as: editor,
      raw: JSON.stringify(patch),
      headers: { 'content-type': 'application/merge-patch+json' },
    });
  };
  return {
    send,
    read,
    edit,
    async draft(from) {
      const made = await must(send('POST', { body: { from, reason: 'to try something' } }));
      return String(made.body['id']);
    },
    async settle(id) {
      await must(send(`POST /${id}/test`, { body: {} }));
      const { report } = await read(id);
      if ((report?.failing ?? 0) > 0) {
        await must(
          edit(id, (book) => {
            for (const { testCase, rule, actual } of report?.mismatches ?? []) {
              const found = book.testCases.find(({ name }) => name === testCase);
              if (found !== undefined) found.expect[rule] = actual as 'pass' | 'fail' | 'unknown';
            }
          }),
        );
        await must(send(`POST /${id}/test`, { body: {} }));
      }
      await must(send(`POST /${id}/check`));
    },
  };
}

/** Sets a threshold that is the same for all regions. */
export function setThreshold(book: OpenRulebook, rule: string, parameter: string, value: number): void {
  const found = book.rules.find(({ id }) => id === rule)?.parameters[parameter];
  if (found === undefined || 'by' in found) throw new Error(`${rule} has no such threshold: ${parameter}`);
  found.value = value;
}
