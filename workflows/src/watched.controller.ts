import { Can } from '@ariane/auth';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Reconciler, RECONCILER, type Watched } from './reconciler.store';

/** What operations watch: the pathways that need a workflow, and the workflows that run, counted apart. */
@ApiExcludeController()
@Controller('internal')
export class WatchedController {
  constructor(@Inject(RECONCILER) private readonly reconciler: Reconciler) {}

  /** Looks now, and begins what is missing. */
  @Get('watched')
  @Can('oversee', 'Operations')
  async watched(): Promise<Watched & { readonly begun: number }> {
    const begun = await this.reconciler.look();
    return { ...this.reconciler.counts, begun };
  }
}
