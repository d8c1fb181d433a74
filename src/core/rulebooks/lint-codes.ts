/**
 * Every code of a fault that can be found in a rulebook when it is saved. Each has a sentence in five languages in
 * `config/texts/problems/`; a test looks through the sources for codes that are missing here.
 */
export const LINT_CODES = [
  // how a document is written
  'document.too-large',
  'document.too-deep',
  'document.text-too-long',
  'document.forbidden-key',
  'document.not-json',
  'patch.forbidden-key',
  'patch.too-deep',
  'text.invisible-characters',
  // its shape
  'schema.missing',
  'schema.unknown-key',
  'schema.invalid-type',
  'schema.invalid-value',
  'schema.invalid-format',
  'schema.invalid-union',
  'schema.invalid-key',
  'schema.invalid-element',
  'schema.too-small',
  'schema.too-big',
  'schema.not-multiple-of',
  'schema.custom',
  'label.language-missing',
  // what it refers to
  'definition.not-found',
  'rulebook.id-changed',
  'rulebook.version-changed',
  'gate.missing',
  'gate.unknown-rule',
  'gate.duplicate-rule',
  // its rules
  'rule.duplicate-id',
  'rule.not-in-gate',
  'rule.action-missing',
  'rule.action-unused',
  'rule.malformed',
  'rule.empty-group',
  'rule.sibling-groups',
  'rule.too-deep',
  'rule.too-large',
  'rule.path-forbidden',
  'rule.priority-forbidden',
  'rule.named-condition-forbidden',
  'rule.unknown-fact',
  'rule.unknown-operator',
  'rule.unknown-parameter',
  'rule.type-mismatch',
  'rule.constant-out-of-range',
  'rule.equality-of-dates',
  'parameter.unused',
  'parameter.incomplete',
  'parameter.unknown-value',
  'severity.unknown-value',
  // its test cases
  'test-case.duplicate-name',
  'test-case.unknown-fact',
  'test-case.invalid-value',
  'test-case.unknown-rule',
] as const;

export type LintCode = (typeof LINT_CODES)[number];
