using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Warnings and information about a workflow without errors.</summary>
internal sealed class Advice(WorkflowDraft draft, PresenceModel presence, DraftGraph graph)
{
    public void Run()
    {
        _ = (draft, presence, graph);
    }
}
