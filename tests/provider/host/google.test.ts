import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import test, { type ExecutionContext } from "ava";
import { Google, isMissing } from "../../../provider/host/google.ts";

test("temporary errors are tried again, and others are reported with Google's message", async (t) => {
    let asked = 0;
    const url = await serve(t, (request, response) => {
        asked++;
        const status = request.url === "/gone" ? 404 : asked === 1 ? 503 : 200;
        response.writeHead(status).end(JSON.stringify({ error: { message: "no such job" }, asked }));
    });
    const google = new Google(url);
    t.like(await google.get(google.url("dataproc", "/job")), { asked: 2 });
    const error = await t.throwsAsync(google.get(google.url("dataproc", "/gone")), {
        message: "Google Cloud says: no such job",
    });
    t.true(isMissing(error));
    t.is(asked, 3);
});

test("without an endpoint, the address is that of Google's service", (t) => {
    t.is(new Google("").url("dataproc", "/v1/x"), "https://dataproc.googleapis.com/v1/x");
});

test("without credentials, the error has the command for a login", async (t) => {
    const before = { ...process.env };
    t.teardown(() => {
        process.env = before;
    });
    process.env.GOOGLE_APPLICATION_CREDENTIALS = "/nowhere/key.json";
    await t.throwsAsync(new Google("").get("https://dataproc.googleapis.com/v1/x"), {
        message: /nowhere[\s\S]*Log in: gcloud auth application-default login/,
    });
});

async function serve(t: ExecutionContext, listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    t.teardown(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
