/** The license of the user, or the seats of the domain, are not as the change presumed: nothing was written. */
export class LicenseConflict extends Error {
  override readonly name = 'LicenseConflict';
}
