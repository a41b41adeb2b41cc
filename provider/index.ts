import { engineFacts } from "./functions/engineFacts.ts";
import { bucketFiles } from "./kinds/bucketFiles.ts";
import { directory } from "./kinds/directory.ts";
import { dockerInventory } from "./kinds/dockerInventory.ts";
import { imageBuild } from "./kinds/imageBuild.ts";
import { mongoAdmin } from "./kinds/mongoAdmin.ts";
import { mongoServer } from "./kinds/mongoServer.ts";
import { mongoUser } from "./kinds/mongoUser.ts";
import { runsEnded } from "./kinds/runsEnded.ts";
import { scheduler } from "./kinds/scheduler.ts";
import { secretFile } from "./kinds/secretFile.ts";
import { sparkRun } from "./kinds/sparkRun.ts";
import { timestamp } from "./kinds/timestamp.ts";
import { volumeFiles } from "./kinds/volumeFiles.ts";
import { serve } from "./rpc/server.ts";

await serve(
    {
        "london-power:docker:Inventory": dockerInventory,
        "london-power:docker:VolumeFiles": volumeFiles,
        "london-power:google:BucketFiles": bucketFiles,
        "london-power:google:ImageBuild": imageBuild,
        "london-power:google:RunsEnded": runsEnded,
        "london-power:local:Directory": directory,
        "london-power:local:MongoServer": mongoServer,
        "london-power:local:Scheduler": scheduler,
        "london-power:local:SecretFile": secretFile,
        "london-power:mongo:MongoAdmin": mongoAdmin,
        "london-power:mongo:MongoUser": mongoUser,
        "london-power:spark:SparkRun": sparkRun,
        "london-power:time:Timestamp": timestamp,
    },
    { functions: { "london-power:docker:engineFacts": engineFacts } },
);
