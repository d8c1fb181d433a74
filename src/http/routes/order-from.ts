import type { z } from 'zod';
import type { planOperation } from '../../engine/operations/plan-operation.js';
import type { operationOrderSchema } from '../schemas/operation.js';

type Order = Parameters<typeof planOperation>[1]['order'];

/** The order of the engine that a body stands for: what was left out is said. */
export function orderFrom(body: z.output<typeof operationOrderSchema>): Order {
  const { reason } = body;
  switch (body.verb) {
    case 'advance': {
      const { to = null, decidedOn = null } = body.parameters;
      return { verb: body.verb, filter: body.filter, parameters: { to, decidedOn }, reason };
    }
    case 'suspend':
    case 'resume': {
      const { decidedOn = null } = body.parameters;
      return { verb: body.verb, filter: body.filter, parameters: { decidedOn }, reason };
    }
    default:
      return body;
  }
}
