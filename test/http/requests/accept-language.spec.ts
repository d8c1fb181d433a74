import { describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../../../src/http/requests/accept-language.js';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'sl'],
    ['', 'sl'],
    ['de', 'de'],
    ['de-AT', 'de'],
    ['IT', 'it'],
    ['pl, hu', 'sl'],
    ['pl, fr;q=0.3', 'fr'],
    ['en;q=0.5, de;q=0.9, fr;q=0.9', 'de'],
    ['de;q=0, en;q=0.1', 'en'],
    ['de;q=0', 'sl'],
    ['*', 'sl'],
    ['*;q=0.8, it;q=0.2', 'sl'],
    ['de;q=many', 'sl'],
    [`${'x,'.repeat(2_000)}de`, 'sl'],
  ] as const)('of %j is %s for somebody whose own is sl', (header, language) => {
    expect(chooseLanguage(header, 'sl')).toBe(language);
  });
});
