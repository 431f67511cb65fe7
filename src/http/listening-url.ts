export { listeningUrl } from '../config/listening-url.js';
