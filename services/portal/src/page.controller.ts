import { existsSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { Policy } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { DisclosesNothing, languageOf, TimeLimit } from '@ariane/service';
import { Controller, Get, Inject, Next, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { entryOf, pagePolicy, unbuiltPage } from './page';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';

const shippedFolder = join(__dirname, '..', 'web', 'dist');
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** The built page: its hashed files for ever, its entries anew each time; every other path is the page's own. */
@ApiExcludeController()
@Controller()
export class PageController {
  private readonly folder: string;

  constructor(@Inject(PORTAL_SETTINGS) settings: PortalSettings) {
    this.folder = resolve(settings.webFolder ?? shippedFolder);
  }

  /** Throws NOT_FOUND for a file that is not there; paths that are not the page's are left to their own routes. */
  @Get(['/', '*path'])
  @Policy('public')
  @DisclosesNothing('the page itself')
  @TimeLimit(0)
  async read(@Req() request: Request, @Res() response: Response, @Next() next: NextFunction): Promise<void> {
    const file = entryOf(request.path);
    if (file === undefined) {
      next();
      return;
    }
    if (file.endsWith('.html')) {
      response.setHeader('content-security-policy', pagePolicy);
      response.setHeader('cache-control', 'no-cache');
      if (!existsSync(join(this.folder, file))) {
        const language = languageOf(request.headers['accept-language']);
        response.status(503).setHeader('content-language', language).type('html').send(unbuiltPage(language));
        return;
      }
    } else {
      const isHashed = file.startsWith('assets/');
      response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    }
    await this.send(file, request, response);
  }

  private async send(file: string, request: Request, response: Response): Promise<void> {
    const taken = request.acceptsEncodings(...encodings.map(([name]) => name));
    const packed = encodings.find(([name, end]) => name === taken && existsSync(join(this.folder, file + end)));
    response.setHeader('vary', 'accept-encoding');
    if (packed !== undefined) {
      response.setHeader('content-encoding', packed[0]);
      response.type(extname(file));
    }
    await new Promise<void>((done, fail) => {
      const options = { root: this.folder, dotfiles: 'ignore', cacheControl: false } as const;
      response.sendFile(file + (packed?.[1] ?? ''), options, (error) => {
        // Whoever has closed the connection wants nothing more.
        if (!(error instanceof Error) || response.headersSent) done();
        else fail(new DomainError('NOT_FOUND'));
      });
    });
  }
}
