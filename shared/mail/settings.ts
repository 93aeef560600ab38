/** What the mails say and who sends them; comes from the deployment's configuration. */
export interface MailSettings {
  /** The verified SES address that sends, e.g. `licenses@example.com`. */
  readonly sender: string;
  readonly productName: string;
  /** Accent colour, `#rrggbb`. */
  readonly colour: string;
  /** Where a reader asks for help. */
  readonly supportAddress: string;
  /** Name of the SES configuration set. */
  readonly configurationSet: string;
}
