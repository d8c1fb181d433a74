import { describe, expect, it } from '@jest/globals';
import { loadSettings } from '../../src/settings/load-settings.js';
import { SettingsError } from '../../src/settings/settings.js';

describe('loadSettings', () => {
  it('gives a bare clone everything it needs', () => {
    const settings = loadSettings({});
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      redisUrl: null,
      smtpUrl: null,
      role: 'all',
      mode: 'development',
      schemes: ['s3-4alpclusters'],
    });
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('takes a named database for production, unless told otherwise', () => {
    const database = { DATABASE_URL: 'postgres://u:p@db/cordata', SMTP_URL: 'smtp://mail' };
    expect(loadSettings(database).mode).toBe('production');
    expect(loadSettings({ ...database, CORDATA_MODE: 'development' }).mode).toBe('development');
  });

  it('takes an empty variable as one that is not set', () => {
    expect(loadSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  it('names every variable that cannot be used, at once', () => {
    const faults = (): readonly string[] => {
      try {
        loadSettings({ PORT: '70000', DATABASE_URL: 'x', REDIS_URL: 'http://r', CORDATA_MODE: 'test' });
      } catch (error) {
        return error instanceof SettingsError ? error.faults : [];
      }
      return [];
    };
    expect(faults().map((fault) => fault.split(':')[0])).toEqual(
      expect.arrayContaining(['PORT', 'DATABASE_URL', 'REDIS_URL', 'CORDATA_MODE']),
    );
  });

  it('does not let production run without a way to send mails', () => {
    expect(() => loadSettings({ CORDATA_MODE: 'production' })).toThrow(/SMTP_URL/);
  });
});
