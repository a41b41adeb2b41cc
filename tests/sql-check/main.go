// Analyses statements of BigQuery's language against tables by the analyser that BigQuery's language is defined by. It reads
// {"tables": {name: {column: type}}, "statements": [{"name", "sql"}]}; each query is a view that those after it may read. It
// writes for each query the columns that it gives with their types in the analyser's own words, in which FLOAT64 is DOUBLE, and
// ends with 1 at the first statement that is wrong.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/goccy/go-googlesql"
)

type request struct {
	Tables     map[string]map[string]string
	Statements []struct{ Name, Sql string }
}

type analyser struct {
	catalog *googlesql.SimpleCatalog
	options *googlesql.AnalyzerOptions
	types   *googlesql.TypeFactory
}

func main() {
	var asked request
	must0(json.NewDecoder(os.Stdin).Decode(&asked))
	must0(googlesql.Init())
	a := newAnalyser()
	for name, columns := range asked.Tables {
		table := must(googlesql.NewSimpleTable(name, 0))
		for column, kind := range columns {
			a.addColumn(table, name, column, a.typeOf(kind))
		}
		must0(a.catalog.AddTable(table))
	}
	found := map[string]map[string]string{}
	for _, statement := range asked.Statements {
		output, err := googlesql.AnalyzeStatement(statement.Sql, a.options, a.catalog, a.types)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", statement.Name, err)
			os.Exit(1)
		}
		if query, ok := must(output.ResolvedStatement()).(*googlesql.ResolvedQueryStmt); ok {
			found[statement.Name] = a.addView(statement.Name, query)
		}
	}
	must0(json.NewEncoder(os.Stdout).Encode(found))
}

func newAnalyser() analyser {
	language := must(googlesql.NewLanguageOptions())
	must0(language.EnableMaximumLanguageFeatures())
	must0(language.SetSupportsAllStatementKinds())
	// The types and names that customers see: FLOAT64, not DOUBLE.
	must0(language.SetProductMode(googlesql.ProductModeProductExternal))
	catalog := must(googlesql.NewSimpleCatalog("dataset", nil))
	must0(catalog.AddBuiltinFunctionsAndTypes(&googlesql.BuiltinFunctionOptions{LanguageOptions: language}))
	options := must(googlesql.NewAnalyzerOptions2())
	must0(options.SetLanguage(language))
	return analyser{catalog, options, must(googlesql.NewTypeFactory())}
}

// addView makes a query's columns those of a table, and tells them.
func (a analyser) addView(name string, query *googlesql.ResolvedQueryStmt) map[string]string {
	table := must(googlesql.NewSimpleTable(name, 0))
	columns := map[string]string{}
	for _, each := range must(query.OutputColumnList()) {
		column := must(each.Name())
		kind := must(must(each.Column()).Type())
		a.addColumn(table, name, column, kind)
		columns[column] = must(kind.DebugString(false))
	}
	must0(a.catalog.AddTable(table))
	return columns
}

func (a analyser) addColumn(table *googlesql.SimpleTable, of, name string, kind googlesql.Googlesql_TypeNode) {
	must0(table.AddColumn2(must(googlesql.NewSimpleColumn(of, name, kind, false, true)), false))
}

func (a analyser) typeOf(name string) googlesql.Googlesql_TypeNode {
	switch name {
	case "STRING":
		return must(a.types.GetString())
	case "FLOAT", "FLOAT64":
		return must(a.types.GetDouble())
	case "TIMESTAMP":
		return must(a.types.GetTimestamp())
	}
	panic("no such type here: " + name)
}

func must[T any](value T, err error) T {
	must0(err)
	return value
}

func must0(err error) {
	if err != nil {
		panic(err)
	}
}
