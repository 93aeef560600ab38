import { createElement, Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon } from '../components/display/icon';
import { useOperatorDocs } from '../session/deployment';
import { ARTICLE_TEXTS, type HelpValue, type Replacements, replaceExamples } from './help-settings';
import type { HelpElement, HelpNode } from './tree';
import { useHelpValues } from './use-help';

interface Rendering {
  readonly values: Readonly<Record<string, HelpValue>>;
  readonly replacements: Replacements;
  readonly operatorDocs: (document: string) => string | undefined;
}

/** Renders the nodes of a help page with the values of the deployment. */
export function HelpContent({ nodes }: { readonly nodes: readonly HelpNode[] }) {
  const { values, replacements } = useHelpValues();
  const operatorDocs = useOperatorDocs();
  return renderNodes(nodes, { values, replacements, operatorDocs });
}

const renderNodes = (nodes: readonly HelpNode[], rendering: Rendering): ReactNode =>
  nodes.map((node, index) => (
    <Fragment key={index}>
      {typeof node === 'string'
        ? replaceExamples(node, rendering.replacements)
        : renderElement(node, rendering)}
    </Fragment>
  ));

function renderElement(element: HelpElement, rendering: Rendering): ReactNode {
  const { tag, id, href, src, alt, name, children: nodes = [] } = element;
  const children = renderNodes(nodes, rendering);
  if (tag === 'a') return renderLink(href ?? '', children, rendering);
  if (tag === 'value') return renderValue(rendering.values[name ?? '']) ?? children;
  if (tag === 'br' || tag === 'hr') return createElement(tag);
  if (tag === 'img') return <img src={src} alt={alt} />;
  // A table or code that is wider than a phone scrolls, also with the keyboard.
  if (tag === 'table')
    return (
      <div className="help-table" tabIndex={0} role="group" aria-label={ARTICLE_TEXTS.table}>
        <table>{children}</table>
      </div>
    );
  if (tag === 'pre') return <pre tabIndex={0}>{children}</pre>;
  if (tag === 'th') return <th scope="col">{children}</th>;
  return createElement(tag, id === undefined ? undefined : { id, tabIndex: -1 }, children);
}

function renderLink(href: string, children: ReactNode, { operatorDocs }: Rendering): ReactNode {
  if (href.startsWith('#')) return <Link to={href}>{children}</Link>;
  // Published files are not pages of this application.
  if (/^\/help\/[\w-]+\./.test(href)) return <a href={href}>{children}</a>;
  if (href.startsWith('/')) return <Link to={href}>{children}</Link>;
  if (!href.startsWith('docs:')) return <ExternalLink href={href}>{children}</ExternalLink>;
  const url = operatorDocs(href.slice('docs:'.length));
  if (url !== undefined) return <ExternalLink href={url}>{children}</ExternalLink>;
  return (
    <>
      {children} {ARTICLE_TEXTS.operatorDocument}
    </>
  );
}

function ExternalLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
      <Icon name="external" />
      <span className="visually-hidden">{ARTICLE_TEXTS.newTab}</span>
    </a>
  );
}

function renderValue(value: HelpValue | undefined): ReactNode {
  if (value === undefined || typeof value === 'string') return value;
  return value.map((name, index) => (
    <Fragment key={name}>
      {index > 0 && (index === value.length - 1 ? ARTICLE_TEXTS.or : ', ')}
      <code>{name}</code>
    </Fragment>
  ));
}
