import { directory } from "./kinds/directory.ts";
import { mongoServer } from "./kinds/mongoServer.ts";
import { secretFile } from "./kinds/secretFile.ts";
import { sparkRun } from "./kinds/sparkRun.ts";
import { serve } from "./rpc/server.ts";

await serve({
    "london-power:local:Directory": directory,
    "london-power:local:MongoServer": mongoServer,
    "london-power:local:SecretFile": secretFile,
    "london-power:spark:SparkRun": sparkRun,
});
