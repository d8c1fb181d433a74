/** Every route of the API lies under it; the version changes only when a client would break. */
export const API_PREFIX = '/api/v1';

/** The description of the API, open to everybody. */
export const OPENAPI_PATH = `${API_PREFIX}/openapi.json`;

/** The readable page of the description. */
export const DOCS_PATH = '/api/docs';

/** The content of a draft: the only bodies that are as large and as deep as a rulebook. */
export const DRAFT_PATH = `${API_PREFIX}/rulebooks/drafts/:id`;
