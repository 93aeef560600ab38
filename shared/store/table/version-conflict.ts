/** The resource is no longer as it was when it was read: somebody else changed or deleted it. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}
