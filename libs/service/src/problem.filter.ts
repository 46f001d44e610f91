import { describeError, logger } from '@ariane/telemetry';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Observable, throwError } from 'rxjs';

import { languageOf } from './language';
import { problemFrom } from './problem';
import { routeOf } from './route';

/** Answers whatever was thrown as problem+json; what is not a refusal is logged by class and frames, without data. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): Observable<never> | undefined {
    // Nest would hand a consumer `{"status":"error"}` in place of the refusal; the bus needs the error itself.
    if (host.getType() !== 'http') return throwError(() => error);
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<Request>(), http.getResponse<Response>());
    return undefined;
  }
}

/** Writes the problem; when the answer has begun there is nothing left to do but cut it. */
function answerProblem(error: unknown, request: Request, response: Response): void {
  const language = languageOf(request.headers['accept-language']);
  const problem = problemFrom(error, language);
  if (problem.status >= 500) {
    const { errorName } = describeError(error);
    logger.error('A request failed.', { method: request.method, route: routeOf(request), name: errorName, error });
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (problem.status === 503 || problem.status === 429) response.setHeader('retry-after', '1');
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
  response.setHeader('content-language', language);
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
