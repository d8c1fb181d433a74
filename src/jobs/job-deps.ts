import type { DomainError } from '../core/terms/domain-error.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import type { MailChannel } from '../notices/channel.js';
import type { NoticeRenderer } from '../notices/render-notice.js';

/** What every job works with. */
export interface JobDeps {
  readonly engine: EngineDeps;
  readonly render: NoticeRenderer;
  readonly mailChannel: MailChannel;
  /** Hears why an effect is left alone; absent: nobody does. */
  readonly onLeftAlone?: (fault: DomainError) => void;
}
