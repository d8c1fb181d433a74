import { describe, expect, it } from '@jest/globals';
import { effectPayloadSchema } from '../../src/core/terms/effect.js';
import { jobOptions, QUEUE_NAMES, QUEUE_POLICIES, queueOf } from '../../src/queue/queue-catalog.js';

describe('the queue catalog', () => {
  it('has a queue for every effect type', () => {
    const types = effectPayloadSchema.options.map((option) => option.shape.type.value);
    expect(Object.fromEntries(types.map((type) => [type, queueOf(type)]))).toEqual({
      notify: 'notices',
      'deliver-mail': 'mail',
      'sync-milestone': 'coordination',
      'sync-fan-out': 'coordination',
      'sync-facts': 'coordination',
      'sync-deadline': 'coordination',
      'scope-released': 'coordination',
      'call-date': 'coordination',
      'sync-leave': 'coordination',
      remind: 'coordination',
      'standing-check': 'coordination',
      'stage-timer': 'coordination',
      'waiver-end': 'coordination',
      'expire-rulebook': 'coordination',
      doctor: 'coordination',
      'sync-rest': 'coordination',
      'run-operation': 'coordination',
    });
  });

  it.each(['from-the-future', 'toString', '__proto__'])(
    'sends the unknown type %s where it can be buried',
    (type) => {
      expect(queueOf(type)).toBe('coordination');
    },
  );

  it.each(QUEUE_NAMES)('names and bounds the queue %s as BullMQ needs it', (name) => {
    expect(name).toMatch(/^[a-z-]+$/);
    const options = jobOptions(QUEUE_POLICIES[name]);
    expect(options.attempts).toBeGreaterThan(1);
    expect(options.removeOnComplete.count).toBeGreaterThan(0);
    expect(options.removeOnFail.count).toBeGreaterThan(0);
  });
});
