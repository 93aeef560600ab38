import { createInstance } from 'i18next';
import { createElement, type ReactElement } from 'react';
import { Trans } from 'react-i18next';
import type {
  BasicTag,
  MessageComponents,
  MessageKey,
  Messages,
  MessageValues,
  Required,
  Translate,
  Translation,
} from './catalog-types';
import { language, locale } from './language';

export type { Translation } from './catalog-types';

const numbers = new Intl.NumberFormat(locale);
const BASIC_TAGS: BasicTag[] = ['code', 'em', 'strong'];

const i18n = createInstance();
i18n.use({
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown) => (typeof value === 'number' ? numbers.format(value) : String(value)),
});
void i18n.init({
  lng: language,
  // The types require each message in each language.
  fallbackLng: false,
  resources: {},
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  // React escapes texts.
  interpolation: { escapeValue: false, alwaysFormat: true },
  react: { transSupportBasicHtmlNodes: true, transKeepBasicHtmlNodesFor: BASIC_TAGS },
});

/** Formats a number in the language of the page. */
export const formatNumber = (value: number): string => numbers.format(value);

/** The messages of a folder in the language of the page. */
interface Catalog<M extends Messages> {
  /** Returns a message. Numbers in it have the format of the language. */
  readonly t: Translate<M>;
  /** Renders a message that contains elements, such as `See <page>the log</page>.` */
  readonly Message: <Key extends MessageKey<M>>(props: MessageProps<M, Key>) => ReactElement;
}

type MessageProps<M extends Messages, Key extends MessageKey<M>> = { readonly id: Key } & Required<
  'values',
  MessageValues<M, Key>
> &
  Required<'components', MessageComponents<M, Key>>;

/** Creates the catalog of a folder. `name` is the path of the folder. */
export function catalog<const M extends Messages>(name: string, en: M, de: Translation<M>): Catalog<M> {
  i18n.addResourceBundle(language, name, language === 'de' ? de : en);
  return {
    t: (key, ...[values]) => i18n.t(key, { ...(values as Values), ns: name, nest: false }),
    Message: (props) => {
      const { id, values, components } = props as AnyMessageProps;
      return createElement(Trans, {
        i18n,
        ns: name,
        i18nKey: id,
        values,
        count: values?.count,
        components,
        // A name that looks like a tag stays text.
        tOptions: { interpolation: { escapeValue: true }, nest: false },
        shouldUnescape: true,
      });
    },
  };
}

type Values = Readonly<Record<string, string | number>> & { readonly count?: number };

interface AnyMessageProps {
  readonly id: string;
  readonly values?: Values;
  readonly components?: Readonly<Record<string, ReactElement>>;
}
