import MarkdownIt from 'markdown-it';
import type Token from 'markdown-it/lib/token.mjs';
import { type ComponentChildren, h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../words/translate';

/** HTML in a card stays text: cards come from another system. */
const reader = new MarkdownIt('default', { html: false, linkify: false });

const TAGS: ReadonlySet<string> = new Set([
  ...['p', 'strong', 'em', 's', 'code', 'ul', 'ol', 'li', 'blockquote', 'hr', 'br', 'pre'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'a'],
]);
/** Headings of a card stand below the heading of the card itself. */
const HEADING = /^h[1-6]$/;

/** Markdown of a card, made into elements one by one: no text is ever read as markup. */
export function Markdown({ text }: { readonly text: string }) {
  return <div class="markdown">{elementsOf(reader.parse(text, {}))}</div>;
}

interface Open {
  readonly token: Token | undefined;
  readonly children: ComponentChildren[];
}

function elementsOf(tokens: readonly Token[]): ComponentChildren {
  const stack: Open[] = [{ token: undefined, children: [] }];
  const top = (): ComponentChildren[] => stack[stack.length - 1]?.children ?? [];
  for (const token of tokens) {
    if (token.nesting === 1) stack.push({ token, children: [] });
    else if (token.nesting === -1) {
      const done = stack.pop();
      if (done?.token !== undefined) top().push(element(done.token, done.children));
    } else top().push(leaf(token));
  }
  return stack[0]?.children;
}

function leaf(token: Token): ComponentChildren {
  if (token.type === 'inline') return elementsOf(token.children ?? []);
  if (token.type === 'softbreak') return ' ';
  if (token.type === 'hardbreak') return <br />;
  if (token.type === 'hr') return <hr />;
  if (token.type === 'code_inline') return <code>{token.content}</code>;
  if (token.type === 'fence' || token.type === 'code_block') return <pre>{token.content}</pre>;
  return token.content;
}

function element(token: Token, children: ComponentChildren[]): ComponentChildren {
  const { tag } = token;
  if (token.hidden || !TAGS.has(tag)) return children;
  if (tag === 'a') return <SafeLink href={String(token.attrGet('href') ?? '')}>{children}</SafeLink>;
  if (tag === 'table') return <WideTable>{h(tag, null, children)}</WideTable>;
  return h(HEADING.test(tag) ? 'h4' : tag, null, children);
}

/** A link out of the page: only to the web, opened apart, and the other page learns nothing of this one. */
export function SafeLink({ href, children }: { readonly href: string; readonly children: ComponentChildren }) {
  if (!/^https?:\/\//i.test(href)) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** A table that may be wider than its card; where it is, the keyboard can scroll it. */
function WideTable({ children }: { readonly children: ComponentChildren }) {
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWide(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} class="table" {...(wide ? { tabIndex: 0, role: 'region', 'aria-label': t('table') } : {})}>
      {children}
    </div>
  );
}
