import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the sources outside the HTTP door', () => {
  it('are TypeScript that Node runs by leaving out the types, as the benchmarks and the test setup do', () => {
    const files = globSync('src/**/*.ts', { cwd: ROOT }).filter(
      (file) => !file.startsWith(join('src', 'http')),
    );
    expect(files.length).toBeGreaterThan(300);
    const refused = files.filter((file) => {
      try {
        stripTypeScriptTypes(readFileSync(join(ROOT, file), 'utf8'));
        return false;
      } catch {
        return true;
      }
    });
    expect(refused).toEqual([]);
  });
});
