-- Replaces all rows of the warehouse's own table by those of the lake, in one step: readers see the old or the new.
MERGE {{dataset}}.readings AS own
USING {{dataset}}.lake_readings AS lake
ON FALSE
WHEN NOT MATCHED BY TARGET THEN
  INSERT (household, tariff, time, kwh, acorn, acorn_group, month)
  VALUES (lake.household, lake.tariff, lake.time, lake.kwh, lake.acorn, lake.acorn_group, lake.month)
WHEN NOT MATCHED BY SOURCE THEN DELETE
