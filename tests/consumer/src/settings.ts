/** Where the content comes from, and where the site stands. */

import { resolve } from "node:path";

const { env } = process;

/** The API of the CMS. */
export const API = env["CMS_API"] ?? "http://127.0.0.1:8000/api/v3/";
/** The address under which readers find this site, without a slash at its end. */
export const SITE = (env["SITE_URL"] ?? "http://127.0.0.1:8080").replace(/\/$/, "");
/** The folder that is served. */
export const OUTPUT = resolve(env["SITE_OUTPUT"] ?? "_site");
/** The folder with what must be known the next time: the mirror, and what each file was made from. */
export const STATE = resolve(env["SITE_STATE"] ?? ".state");
