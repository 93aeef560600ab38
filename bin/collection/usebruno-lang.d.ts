/** The functions of Bruno's own parser that the recorder uses. The package has no types. */
declare module '@usebruno/lang' {
  export function bruToJsonV2(text: string): unknown;
  export function jsonToBruV2(json: unknown): string;
}
