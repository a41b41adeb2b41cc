import test from "ava";
import { commonFolder } from "../../../components/swarm/projectFiles.ts";

test("files are named from the innermost folder that they share", (t) => {
    t.is(commonFolder(["/p/data/a.csv"]), "/p/data");
    t.is(commonFolder(["/p/data/a.csv", "/p/data/more/b.csv"]), "/p/data");
    t.is(commonFolder(["/p/data/a.csv", "/q/b.csv"]), "/");
    t.is(commonFolder(["/p/data/a.csv", "/p/database/b.csv"]), "/p");
});
