import { removeTemporaryDirectories } from './temporary-directories';

/** Jest's global teardown. */
export default removeTemporaryDirectories;
