import { removeTemporaryDirectories } from './temporary-directories';

/** Jest's global teardown if no system runs. */
export default removeTemporaryDirectories;
