namespace RandomGraphs.Reference;

/// <summary>Presence, skipping, arguments: language.md 4.1 and 4.2, runtime.md 2.</summary>
internal sealed partial class Interpreter
{
    /// <summary>
    /// "A node becomes Ready when everything it depends on is settled and its presence condition holds, and Skipped as soon as that can no longer
    /// hold", but "only after its [After] and [NeedsAny] predecessors have settled".
    /// </summary>
    private bool Decide(Activation activation, Item item)
    {
        Node node = item.Node;
        Item At(string name) => activation.Items[name];
        if (CannotHold(activation, node))
        {
            if (!node.After.Concat(node.NeedsAny).All(name => At(name).IsSettled))
            {
                return false;
            }

            item.Progress = Progress.Skipped;
            return true;
        }

        if (!node.Predecessors.All(name => At(name).IsSettled))
        {
            return false;
        }

        Begin(activation, item);
        return true;
    }

    private static bool CannotHold(Activation activation, Node node)
    {
        Item At(string name) => activation.Items[name];

        // "A value is present iff its node started and succeeded"; one of several is enough for a merge and a gather.
        bool IsAbsent(IEnumerable<string> sources) => sources.All(name => At(name).IsSettled && !At(name).IsPresent);
        bool IsNotCompleted(string name) => At(name).IsSettled && At(name).Progress != Progress.Completed;

        return node.Parameters.Any(p => p.Strength == Strength.Required && IsAbsent(p.Sources))
            || (node.PlaceSource is { } place && IsAbsent([place]))
            || node.Needs.Any(IsNotCompleted)
            || (node.NeedsAny.Count > 0 && node.NeedsAny.All(IsNotCompleted))
            || node.Conditions.Any(condition => At(condition.Source).IsSettled && !Holds(activation, condition));
    }

    /// <summary>"[When], [Unless] and [Otherwise] on an absent source skip the node."</summary>
    private static bool Holds(Activation activation, Condition condition)
    {
        Item source = activation.Items[condition.Source];
        return source.IsPresent && condition.Kind switch
        {
            ConditionKind.When => condition.Values.Contains(source.Text),
            ConditionKind.Unless => !condition.Values.Contains(source.Text),
            _ => !activation.Flow.ListedValues(condition.Source).Contains(source.Text),
        };
    }

    private void Begin(Activation activation, Item item)
    {
        Node node = item.Node;
        if (node.Kind == NodeKind.Predicate)
        {
            item.Text = _script.TextOf(item.Path, node, ArgumentsOf(activation, node));
            item.Progress = Progress.Completed;
        }
        else if (node.IsEach)
        {
            int count = int.Parse(activation.Items[node.PlaceSource!].Text.Split('*')[1], System.Globalization.CultureInfo.InvariantCulture);
            item.Elements.AddRange(Enumerable.Range(0, count).Select(i => new Element(item, i)));
            item.Progress = Progress.Running;
            item.HasRun = true;
        }
        else if (node.Child is { } child)
        {
            item.Progress = Progress.Running;
            item.HasRun = true;
            item.Inner = Enter(child, item.Path, item, null, InputsOf(activation, node));
        }
        else
        {
            item.Progress = Progress.Ready;
        }
    }

    /// <summary>"Workers take the next element themselves": in order, as long as there is a place in flight.</summary>
    private bool AdvanceElements(Activation activation, Item item, bool isHeld)
    {
        bool changed = false;
        int degree = item.Node.Degree == 0 ? int.MaxValue : item.Node.Degree;
        foreach (Element element in item.Elements.Where(e => e.Progress == Progress.Waiting))
        {
            if (isHeld || item.LoopFails || item.Elements.Count(e => e.Progress is Progress.Ready or Progress.Running) >= degree)
            {
                break;
            }

            changed = true;
            element.Progress = item.Node.Child is null ? Progress.Ready : Progress.Running;
            if (item.Node.Child is { } child)
            {
                element.Inner = Enter(child, element.Path, item, element, InputsOf(activation, item.Node));
            }
        }

        if (item.LoopFails && !item.Elements.Exists(e => e.Progress == Progress.Running))
        {
            FailItem(item, item.Error!, item.IsCancellation);
            return true;
        }

        if (!item.LoopFails && item.Elements.TrueForAll(e => e.Progress == Progress.Completed))
        {
            item.Progress = Progress.Completed;
            item.Text = item.Node.Yields == Yield.Nothing ? "" : $"[{string.Join(',', item.Elements.Select(e => e.Text))}]";
            return true;
        }

        return changed;
    }

    private static Func<Node, string> InputsOf(Activation activation, Node call)
        => input => ArgumentOf(activation, call.Parameters.First(p => p.Name == input.Name));

    private static IReadOnlyList<string> ArgumentsOf(Activation activation, Node node) => [.. node.Parameters.Select(p => ArgumentOf(activation, p))];

    /// <summary>The table of language.md 4.1.</summary>
    private static string ArgumentOf(Activation activation, Parameter parameter)
    {
        List<Item> present = [.. parameter.Sources.Select(name => activation.Items[name]).Where(item => item.IsPresent)];
        if (parameter.IsGather)
        {
            return $"[{string.Join(',', present.Select(item => item.Text))}]";
        }

        if (parameter.Strength != Strength.Outcome)
        {
            return present.Count == 0 ? Texts.Absent : present[0].Text;
        }

        // "Outcome<T> of a node that completed with null is Skipped" (docs/semantics.md).
        Item observed = activation.Items[parameter.Sources[0]];
        return observed.IsPresent ? $"ok:{observed.Text}" : observed.Progress == Progress.Failed ? $"!{observed.Error!.Message}" : "~";
    }
}
