import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Assessed } from '../../assess.js';
import type { AssessAgain } from '../../assess-again.js';
import { CdsError, type ErrorCode, ERROR_CODES } from '../../errors.js';
import { type Notice, noticeHtml, pagePolicy } from '../../report/page/html-page.js';
import type { ReportMaker } from '../../report/report-about.js';
import { REPORT_PATH, type ReportShelf } from '../../report/report-shelf.js';
import type { ReportWords } from '../../report/report-words.js';
import { anyObject } from '../../schemas/any-object.js';
import { acceptedLanguage } from '../../schemas/language.js';
import { type Language, LANGUAGES } from '../../schemas/service.js';
import type { AppParts, Page } from '../app-parts.js';
import { documentedErrors } from '../documented-errors.js';
import { limitAddresses } from '../plugins/client-auth.js';
import { noteError } from '../plugins/error-answers.js';
import { shedLoad } from '../plugins/load-shedding.js';
import { SharedWork } from '../shared-work.js';

export interface ReportPageParts {
  /** What was assessed, or what assesses it again. */
  readonly shelf: ReportShelf<Assessed | AssessAgain>;
  readonly maker: ReportMaker;
}

/** What a page is answered with. */
type Answering = ReportPageParts & Pick<AppParts, 'clock' | 'settings'> & { readonly again: SharedWork<Assessed> };

const DOCUMENT_SUFFIX = '.json';
const HTML_TYPE = 'text/html; charset=utf-8';
const FHIR_TYPE = 'application/fhir+json; charset=utf-8';

const CODES: Readonly<Record<Exclude<Notice, 'busy'>, ErrorCode>> = {
  refused: 'REPORT_LINK_INVALID',
  expired: 'REPORT_LINK_EXPIRED',
  gone: 'REPORT_GONE',
};

/**
 * `GET /report/{id}`: the report about one order as a page, and with `.json` behind the id as a FHIR document.
 *
 * The signed address is the key: it was given to the one client that made the call, and works for a short time. There
 * is no list of reports, nothing is cached or indexed, and the page names this address to no other site. Making one takes as
 * long as a call, so it is limited and shed as calls are.
 */
export function reportPages({ shelf, maker }: ReportPageParts): Page {
  return async (app, { settings, clock, log }) => {
    const answering: Answering = { shelf, maker, clock, settings, again: new SharedWork() };
    const limit = limitAddresses(settings.rateLimitPerMinute(), clock);
    app.addHook('onRequest', async (_request, reply) => {
      reply
        .header('content-security-policy', pagePolicy(maker.words(settings.defaultLanguage)))
        .header('referrer-policy', 'no-referrer')
        .header('x-robots-tag', 'noindex, nofollow');
    });
    app.setErrorHandler((thrown, request, reply) => {
      const later = thrown instanceof CdsError ? thrown.retryAfterSeconds : undefined;
      if (nameIn(request).endsWith(DOCUMENT_SUFFIX) || (thrown instanceof CdsError && later === undefined))
        throw thrown;
      const { status } = noteError(log, thrown, request);
      if (later !== undefined) reply.header('retry-after', String(later));
      // What failed is for who reads it the same as a report that is gone: the card makes another.
      const notice = later === undefined ? 'gone' : 'busy';
      return sendNotice(maker.words(languageOf(request, settings)), notice, reply.code(status));
    });
    await shedLoad(app, settings.maxEventLoopDelayMs);
    app.get(`${REPORT_PATH}/:name`, {
      schema: {
        summary: 'The report about one order, as a page; with `.json` behind its name as a FHIR document',
        tags: ['Report'],
        params: z.object({ name: z.string() }),
        querystring: z.object({ expires: z.string(), signature: z.string(), lang: z.enum(LANGUAGES).optional() }),
        response: {
          200: {
            description: 'The report',
            content: { [HTML_TYPE]: { schema: z.string() }, [FHIR_TYPE]: { schema: anyObject } },
          },
          ...documentedErrors(403, 404, 410, 429, 500, 503),
        },
      },
      onRequest: async (request) => limit(request),
      handler: (request, reply) => answer(answering, request, reply),
    });
  };
}

async function answer(
  { shelf, maker, clock, settings, again }: Answering,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const name = nameIn(request);
  const asDocument = name.endsWith(DOCUMENT_SUFFIX);
  const id = asDocument ? name.slice(0, -DOCUMENT_SUFFIX.length) : name;
  const { expires, signature } = query(request);
  const language = languageOf(request, settings);
  const opened = shelf.open(id, expires, signature);
  if (opened.state !== 'open') {
    const code = CODES[opened.state];
    const words = maker.words(language);
    if (asDocument) {
      reply.header('content-language', language);
      throw new CdsError(code, words.say(`link-${opened.state}`));
    }
    request.errorCode = code;
    return sendNotice(words, opened.state, reply.code(ERROR_CODES[code].status));
  }
  const { kept: offered, text } = opened;
  // What assesses again was offered with the text that it needs.
  const kept = typeof offered === 'function' ? await again.do(id, () => offered(text!)) : offered;
  if (asDocument) {
    const madeAt = new Date(clock.nowMs()).toISOString();
    const document = maker.document(kept, language, madeAt);
    return reply.header('content-type', FHIR_TYPE).header('content-language', language).send(JSON.stringify(document));
  }
  const address = (to: Language, suffix = ''): string => shelf.addressOf(id, Number(expires), to, suffix);
  const other = LANGUAGES.find((known) => known !== language)!;
  const links = { otherLanguage: address(other), document: address(language, DOCUMENT_SUFFIX) };
  const page = maker.html(kept, language, links);
  return sendPage(page, language, reply);
}

function sendNotice(words: ReportWords, notice: Notice, reply: FastifyReply): FastifyReply {
  return sendPage(noticeHtml(words, notice), words.language, reply);
}

function sendPage(page: string, language: Language, reply: FastifyReply): FastifyReply {
  return reply.header('content-type', HTML_TYPE).header('content-language', language).send(page);
}

function nameIn(request: FastifyRequest): string {
  return (request.params as { readonly name: string }).name;
}

function languageOf(request: FastifyRequest, { defaultLanguage }: AppParts['settings']): Language {
  const { lang } = query(request);
  return (
    LANGUAGES.find((known) => known === lang) ?? acceptedLanguage(request.headers['accept-language']) ?? defaultLanguage
  );
}

/** Each of these once, as text; anything else is as good as absent. */
function query(request: FastifyRequest): {
  readonly lang: string;
  readonly expires: string;
  readonly signature: string;
} {
  const given = request.query as Readonly<Record<string, unknown>>;
  const one = (name: string): string => {
    const value = given[name];
    return typeof value === 'string' ? value : '';
  };
  return { lang: one('lang'), expires: one('expires'), signature: one('signature') };
}
