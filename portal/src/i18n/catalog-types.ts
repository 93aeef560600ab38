import type { ReactElement } from 'react';

/** The messages of a folder in one language, by key. A plural has the keys `…_one` and `…_other`. */
export type Messages = Readonly<Record<string, string>>;

/** The messages in another language. It has the same keys. */
export type Translation<M extends Messages> = { readonly [Key in keyof M]: string };

type Names<M extends Messages> = keyof M & string;

/** The keys without the suffixes of plurals. */
export type MessageKey<M extends Messages> = KeyOf<Names<M>>;

type KeyOf<Name extends string> = Name extends `${infer Base}_one`
  ? Base
  : Name extends `${string}_other`
    ? never
    : Name;

type MessageText<M extends Messages, Key extends string> = M[(Key | `${Key}_one` | `${Key}_other`) &
  Names<M>];

type IsPlural<M extends Messages, Key extends string> = `${Key}_one` extends Names<M> ? true : false;

type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type ValueNames<M extends Messages, Key extends string> =
  Placeholders<MessageText<M, Key>> | (IsPlural<M, Key> extends true ? 'count' : never);

/** The values that a message needs. A plural needs `count`. */
export type MessageValues<M extends Messages, Key extends string> = {
  readonly [Name in ValueNames<M, Key>]: Name extends 'count' ? number : string | number;
};

/** HTML elements that messages may use without a component. */
export type BasicTag = 'code' | 'em' | 'strong';

type Tags<Text extends string> =
  (Text extends `${string}</${infer Name}>${infer Rest}` ? Name | Tags<Rest> : never) | EmptyTags<Text>;

type EmptyTags<Text extends string> = Text extends `${infer Before}/>${infer Rest}`
  ? LastTag<Before> | EmptyTags<Rest>
  : never;

type LastTag<Text extends string> = Text extends `${string}<${infer Rest}`
  ? Rest extends `${string}<${string}`
    ? LastTag<Rest>
    : Rest
  : never;

/** The elements for the tags of a message. */
export type MessageComponents<M extends Messages, Key extends string> = {
  readonly [Name in Exclude<Tags<MessageText<M, Key>>, BasicTag>]: ReactElement;
};

/** `{}` if there are no names, so that the argument or property may be missing. */
export type Required<Name extends string, Object> = [keyof Object] extends [never]
  ? unknown
  : Readonly<Record<Name, Object>>;

/** Returns a message with its values. */
export type Translate<M extends Messages> = <Key extends MessageKey<M>>(
  key: Key,
  ...values: [keyof MessageValues<M, Key>] extends [never] ? [] : [MessageValues<M, Key>]
) => string;
