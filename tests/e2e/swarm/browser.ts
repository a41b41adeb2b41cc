// The platform as people see it: in a browser, at the addresses and with the logins that the stack puts out.
import { execFileSync } from "node:child_process";
import { type BrowserContext, chromium, type Locator, type Page } from "playwright-core";

/** The first of these that is on the PATH is used; tools/setup/browser.sh brings one. */
const BROWSERS = ["chromium", "chromium-browser", "google-chrome"];

/** Time that a page gets to show something, in milliseconds; a notebook's first cells start Spark. */
const PATIENCE = 180_000;

/** What is seen on the pages of the platform. */
export interface Sights {
    /** What the notebook's cell that counts the lake's readings has printed. */
    printed: string;
    /** HTTP status of mongo-express without its password. */
    withoutPassword: number;
    /** Collections of the database, as mongo-express lists them. */
    collections: string[];
    /** Workers that Spark's master has. */
    workers: number;
    /** What is in the lake, as HDFS's browser lists it. */
    lake: string[];
    /** Heading of the report. */
    report: string;
    /** Width of a plot of the lake, in pixels. */
    plot: number;
    /** A picture of each page, as PNG. */
    pictures: Record<string, Buffer>;
}

/** What a stack puts out that is looked at. */
interface Addresses {
    endpoints: Record<string, string>;
    report: string;
    paths: { plots: string[] };
}

/** Opens the pages of the platform one after the other, logging in where that is asked for. */
export async function lookAround(
    { endpoints, report, paths }: Addresses,
    logins: Record<string, string>,
): Promise<Sights> {
    const plot = paths.plots.find((path) => path.endsWith(".png")) ?? "";
    const browser = await chromium.launch({ executablePath: installed() });
    const pictures: Record<string, Buffer> = {};
    /** In a profile of its own, so that no login is left of the page before. */
    const visit = async <T>(
        name: string,
        look: (page: Page) => Promise<T>,
        login?: { username: string; password: string },
    ): Promise<T> => {
        const context: BrowserContext = await browser.newContext({
            httpCredentials: login,
            viewport: { width: 1280, height: 900 },
        });
        const page = await context.newPage();
        page.setDefaultTimeout(PATIENCE);
        try {
            const seen = await look(page);
            pictures[name] = await page.screenshot();
            return seen;
        } finally {
            await context.close();
        }
    };
    const { jupyter = "", mongoExpress = "", spark = "", hdfs = "" } = endpoints;
    const { jupyterToken = "", mongoExpressPassword = "", gatewayPassword = "" } = logins;
    const gateway = { username: "admin", password: gatewayPassword };
    const admin = { username: "admin", password: mongoExpressPassword };
    try {
        return {
            printed: await visit("jupyter", (page) => countReadings(page, jupyter, jupyterToken)),
            withoutPassword: await visit("refused", (page) => statusOf(page, mongoExpress)),
            collections: await visit("mongo-express", (page) => listCollections(page, mongoExpress), admin),
            workers: await visit("spark", (page) => countWorkers(page, spark), gateway),
            lake: await visit("hdfs", (page) => listLake(page, hdfs), gateway),
            report: await visit("report", (page) => readReport(page, report), gateway),
            plot: await visit("plot", (page) => widthOf(page, plot), gateway),
            pictures,
        };
    } finally {
        await browser.close();
    }
}

/** Logs in, runs a notebook as far as the cell that counts the lake's readings, and shuts its kernel down. */
async function countReadings(page: Page, jupyter: string, token: string): Promise<string> {
    // It sends a browser on to the name of its own.
    await page.goto(jupyter.replace("jupyter.localhost", "127.0.0.1"));
    await page.waitForURL(`${jupyter}**`);
    await page.fill("#password_input", token);
    await page.click("#login_submit");
    await page.waitForURL("**/lab**");
    await page.goto(`${jupyter}lab/tree/startup_default_mongo.ipynb`);
    try {
        const cells = page.locator(".jp-Notebook .jp-Cell");
        const counting = cells.filter({ hasText: "readings.count()" }).first();
        await counting.waitFor();
        await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
        const last = (await cells.allInnerTexts()).findIndex((text) => text.includes("readings.count()"));
        for (let i = 0; i <= last; i++) {
            await run(cells.nth(i));
        }
        return (await counting.locator(".jp-OutputArea-output").innerText()).trim();
    } finally {
        await shutDownKernels(jupyter.replace("jupyter.localhost", "127.0.0.1"), token);
    }
}

/** Runs a cell. A page that is still busy may lose a key; one that was heard shows in the prompt of a cell of code. */
async function run(cell: Locator): Promise<void> {
    await cell.click();
    const isCode = (await cell.getAttribute("class"))?.includes("jp-CodeCell");
    const heard = cell.locator(".jp-InputPrompt").filter({ hasText: /[*\d]/ });
    for (let tries = 0; tries < 10; tries++) {
        await cell.page().keyboard.press("Shift+Enter");
        if (!isCode || (await appears(heard))) {
            return;
        }
        await cell.click();
    }
}

/** Whether something shows within 5 s. */
function appears(locator: Locator): Promise<boolean> {
    return locator.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
    );
}

/** What a notebook holds of the cluster would be missing to the jobs. */
async function shutDownKernels(jupyter: string, token: string): Promise<void> {
    const headers = { Authorization: `token ${token}` };
    const kernels = (await (await fetch(`${jupyter}api/kernels`, { headers })).json()) as { id: string }[];
    for (const { id } of kernels) {
        await fetch(`${jupyter}api/kernels/${id}`, { method: "DELETE", headers });
    }
}

/** The browser itself shows no page where a password is asked for and it has none to give. */
async function statusOf(page: Page, address: string): Promise<number> {
    const answer = page.waitForResponse(address);
    await page.goto(address).catch(() => undefined);
    return (await answer).status();
}

async function listCollections(page: Page, mongoExpress: string): Promise<string[]> {
    await page.goto(`${mongoExpress}db/power/`);
    return texts(page, "table h3 a");
}

async function countWorkers(page: Page, spark: string): Promise<number> {
    await page.goto(spark);
    return (await texts(page, ".aggregated-workers tbody tr")).length;
}

async function listLake(page: Page, hdfs: string): Promise<string[]> {
    await page.goto(`${hdfs}explorer.html#/lake`);
    await page.locator("#table-explorer tbody tr a").first().waitFor();
    return texts(page, "#table-explorer tbody tr a.explorer-browse-links");
}

/** Its plots are in the page itself, and shown. */
async function readReport(page: Page, report: string): Promise<string> {
    await page.goto(report);
    const widths = await page.locator("figure img").evaluateAll((images) =>
        // The page's own types are not known here.
        images.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    );
    if (widths.length === 0 || widths.includes(0)) {
        throw new Error(`the report's plots are ${widths.join(", ")} pixels wide`);
    }
    return page.locator("h1").innerText();
}

async function widthOf(page: Page, plot: string): Promise<number> {
    await page.goto(plot);
    return page
        .locator("img")
        .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
}

/** The texts of what a selector finds. */
async function texts(page: Page, selector: string): Promise<string[]> {
    return (await page.locator(selector).allInnerTexts())
        .map((text) => text.trim())
        .filter((text) => text !== "");
}

function installed(): string {
    for (const name of BROWSERS) {
        try {
            return execFileSync("which", [name], { encoding: "utf8" }).trim();
        } catch {
            // The next one, then.
        }
    }
    throw new Error(`none of ${BROWSERS.join(", ")} is on the PATH: run \`tools/setup.sh dev browser\``);
}
