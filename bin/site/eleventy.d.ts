/** The part of Eleventy that the site uses. Eleventy has no types. */
declare module '@11ty/eleventy' {
  interface EleventyConfig {
    /** Adds a page that is not a file. `permalink` of its data is its path in the output. */
    addTemplate(
      name: string,
      template: { readonly data: () => { readonly permalink: string }; readonly render: () => string },
    ): void;
  }

  interface EleventyOptions {
    readonly quietMode: boolean;
    readonly configPath: false;
    readonly config: (config: EleventyConfig) => void;
  }

  export default class Eleventy {
    public constructor(input: string, output: string, options: EleventyOptions);
    public write(): Promise<unknown>;
  }
}
