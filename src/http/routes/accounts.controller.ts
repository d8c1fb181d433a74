import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { disableAccount } from '../../engine/accounts/disable-account.js';
import { enableAccount } from '../../engine/accounts/enable-account.js';
import { readAccounts } from '../../engine/accounts/read-accounts.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import {
  accountDisablingSchema,
  accountIdSchema,
  accountPageSchema,
  accountQuerySchema,
  accountSchema,
  disabledAccountSchema,
} from '../schemas/account.js';
import { idKeySchema } from '../schemas/cursors.js';
import { noBodySchema } from '../schemas/paging.js';
import { pageOf } from '../views/page.js';

const LIST = 'accounts';

@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'accounts_list',
    summary: 'Who can work here, and who could once; not for authorities',
    answer: accountPageSchema,
    kind: 'query',
    errors: ['auth.role-forbidden', 'request.invalid', 'request.cursor-invalid'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Query({ schema: accountQuerySchema }) query: z.output<typeof accountQuerySchema>,
  ): Promise<Answer<z.output<typeof accountPageSchema>>> {
    const { limit, cursor, role, region } = query;
    const after = readCursor(LIST, idKeySchema, cursor);
    const accounts = await readAccounts(this.engine, {
      actor,
      ...(role === undefined ? {} : { role }),
      ...(region === undefined ? {} : { region }),
      ...(after === null ? {} : { after }),
      limit: limit + 1,
    });
    return Answer.list(
      pageOf(accounts, { list: LIST, limit, keyOf: ({ id }) => id, present: (account) => account }),
    );
  }

  @Post(':id/disable')
  @Operation({
    id: 'accounts_disable',
    summary: 'Disables an account and takes its tasks out of its hands; by an administrator',
    description:
      'Its token stops working at once, and it stands in for nobody any more. The reason is kept in the log of each cycle whose task changes hands.',
    answer: disabledAccountSchema,
    kind: 'command',
    errors: ['account.not-found', 'account.last-of-its-kind', 'task.delegate-unknown'],
  })
  async disable(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: accountIdSchema }) accountId: string,
    @Body({ schema: accountDisablingSchema }) disabling: z.output<typeof accountDisablingSchema>,
  ): Promise<Answer<z.output<typeof disabledAccountSchema>>> {
    const { reason, reassignTo = null } = disabling;
    const { account, tasks, absences } = await disableAccount(this.engine, {
      ...context,
      accountId,
      reason,
      reassignTo,
    });
    return Answer.list({ account, tasks: [...tasks], absences: [...absences] });
  }

  @Post(':id/enable')
  @Operation({
    id: 'accounts_enable',
    summary: 'Lets a disabled account work again; by an administrator',
    answer: accountSchema,
    kind: 'command',
    errors: ['account.not-found'],
  })
  async enable(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: accountIdSchema }) accountId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<z.output<typeof accountSchema>>> {
    return Answer.list(await enableAccount(this.engine, { ...context, accountId }));
  }
}
